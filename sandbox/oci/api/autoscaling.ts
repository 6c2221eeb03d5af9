import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { OciError } from '../errors.ts';
import { ocid } from '../ids.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { AutoScalingConfiguration } from '../resources/resources.ts';

function view(of: AutoScalingConfiguration): object {
  return { ...summary(of), policies: of.policies };
}

function summary(of: AutoScalingConfiguration): object {
  return {
    id: of.ocid,
    compartmentId: of.compartmentId,
    displayName: of.displayName,
    coolDownInSeconds: of.coolDownInSeconds,
    isEnabled: of.isEnabled,
    resource: { type: 'instancePool', id: of.poolId },
    freeformTags: of.freeformTags,
    definedTags: of.definedTags,
    timeCreated: iso(of.timeCreated),
  };
}

/** Deleted ones are not there any more. */
function living(call: Call): AutoScalingConfiguration {
  const found = call.resource('AutoScalingConfiguration', 'autoScalingConfigurationId');
  call.checkEtag(found);
  return found;
}

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const found = call.store
    .list('AutoScalingConfiguration', call.region)
    .filter((each) => each.compartmentId === compartmentId && each.lifecycleState === 'ACTIVE');
  return arrayReply(call, chosen(call, found), (each) => each.ocid, summary);
}

const fields = {
  displayName: z.string().min(1).max(255).optional(),
  coolDownInSeconds: z.int().min(300).optional(),
  isEnabled: z.boolean().optional(),
  ...tagFields,
};

const createDetails = z.object({
  compartmentId: z.string(),
  resource: z.object({ type: z.literal('instancePool'), id: z.string() }),
  policies: z.array(z.record(z.string(), z.unknown())).min(1).max(50),
  ...fields,
});

/** A pool takes one. */
function create(call: Call): Reply {
  const details = call.json(createDetails);
  call.checkCompartment(details.compartmentId);
  const taken = call.store
    .list('AutoScalingConfiguration', call.region)
    .some(({ poolId, lifecycleState }) => poolId === details.resource.id && lifecycleState === 'ACTIVE');
  if (taken)
    throw new OciError(409, 'Conflict', 'The instance pool has an autoscaling configuration already.');
  const made: AutoScalingConfiguration = {
    type: 'AutoScalingConfiguration',
    ocid: ocid('autoscalingconfiguration', call.region, 'created', call.store.next()),
    region: call.region,
    compartmentId: details.compartmentId,
    displayName: details.displayName ?? `autoscalingconfiguration${iso(call.now)}`,
    freeformTags: details.freeformTags ?? {},
    definedTags: details.definedTags ?? {},
    lifecycleState: 'ACTIVE',
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    poolId: details.resource.id,
    isEnabled: details.isEnabled ?? true,
    coolDownInSeconds: details.coolDownInSeconds ?? 300,
    policies: details.policies.map((policy) => ({
      id: call.store.next(),
      isEnabled: true,
      ...policy,
      timeCreated: iso(call.now),
    })),
  };
  call.store.add(made);
  return one(made, view(made));
}

function update(call: Call): Reply {
  const found = living(call);
  const details = call.json(z.object(fields));
  call.store.change(found, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.isEnabled = details.isEnabled ?? changed.isEnabled;
    changed.coolDownInSeconds = details.coolDownInSeconds ?? changed.coolDownInSeconds;
  });
  return one(found, view(found));
}

const service = 'autoscaling';
const path = '/autoScalingConfigurations/{autoScalingConfigurationId}';
const all = '/autoScalingConfigurations';

export const autoscaling: readonly Route[] = [
  {
    operation: 'AutoScaling.ListAutoScalingConfigurations',
    service,
    method: 'GET',
    path: all,
    handle: list,
  },
  {
    operation: 'AutoScaling.CreateAutoScalingConfiguration',
    service,
    method: 'POST',
    path: all,
    retryToken: true,
    handle: create,
  },
  {
    operation: 'AutoScaling.GetAutoScalingConfiguration',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const found = living(call);
      return one(found, view(found));
    },
  },
  {
    operation: 'AutoScaling.UpdateAutoScalingConfiguration',
    service,
    method: 'PUT',
    path,
    retryToken: true,
    handle: update,
  },
  {
    operation: 'AutoScaling.DeleteAutoScalingConfiguration',
    service,
    method: 'DELETE',
    path,
    handle: (call) => {
      call.store.move(living(call), 'DELETED', []);
      return { status: 204 };
    },
  },
];
