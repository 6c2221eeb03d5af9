import { z } from 'zod';
import { apiVersions, type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid, missing } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork } from '../lifecycle.ts';
import { chosen, collectionReply } from '../pages.ts';
import type { ResourceSchedule, WorkAction } from '../resources/resources.ts';

/** Most resources that one schedule takes. */
const most = 200;

function view(of: ResourceSchedule): object {
  return {
    id: of.ocid,
    compartmentId: of.compartmentId,
    displayName: of.displayName,
    description: of.description,
    action: of.action,
    recurrenceDetails: of.recurrenceDetails,
    recurrenceType: of.recurrenceType,
    resources: of.resources,
    resourceFilters: of.resourceFilters,
    timeStarts: of.timeStarts,
    timeEnds: of.timeEnds,
    localTimeZone: of.localTimeZone,
    lifecycleState: of.lifecycleState,
    freeformTags: of.freeformTags,
    definedTags: of.definedTags,
    timeCreated: iso(of.timeCreated),
    timeUpdated: iso(of.timeUpdated ?? of.timeCreated),
  };
}

/** By compartment, by OCID, or both; deleted ones are shown for a while, as everywhere. */
function list(call: Call): Reply {
  const compartmentId = call.query.get('compartmentId');
  const scheduleId = call.query.get('scheduleId');
  const resourceId = call.query.get('resourceId');
  if (!compartmentId && !scheduleId)
    throw missing('At least one of the query parameters compartmentId and scheduleId is required.');
  if (compartmentId) call.checkCompartment(compartmentId);
  const found = call.store
    .list('ResourceSchedule', call.region)
    .filter(
      (each) =>
        (!compartmentId || each.compartmentId === compartmentId) &&
        (!scheduleId || each.ocid === scheduleId) &&
        (!resourceId || each.resources.some(({ id }) => id === resourceId)),
    );
  return collectionReply(call, chosen(call, found), (each) => each.ocid, view);
}

const fields = {
  displayName: z.string().min(1).max(255),
  description: z.string(),
  action: z.enum(['START_RESOURCE', 'STOP_RESOURCE', 'BACKUP_RESOURCE']),
  recurrenceType: z.enum(['CRON', 'ICAL']),
  recurrenceDetails: z.string().min(1),
  resources: z.array(z.object({ id: z.string() })).max(most),
  resourceFilters: z.array(z.looseObject({ attribute: z.string() })),
  timeStarts: z.string(),
  timeEnds: z.string(),
  localTimeZone: z.string(),
};
const updateDetails = z.object({ ...z.object(fields).partial().shape, ...tagFields });
const createDetails = z.object({
  ...updateDetails.shape,
  compartmentId: z.string(),
  action: fields.action,
  recurrenceType: fields.recurrenceType,
  recurrenceDetails: fields.recurrenceDetails,
});

function create(call: Call): Reply {
  const { timeStarts, timeEnds, localTimeZone, ...details } = call.json(createDetails);
  call.checkCompartment(details.compartmentId);
  const { resources = [], resourceFilters = [] } = details;
  if (resources.length > 0 === resourceFilters.length > 0)
    throw invalid('resources: either resources or resourceFilters must be given.');
  const made: ResourceSchedule = {
    type: 'ResourceSchedule',
    ocid: ocid('resourceschedule', call.region, 'created', call.store.next()),
    region: call.region,
    compartmentId: details.compartmentId,
    displayName: details.displayName ?? `resourceschedule${iso(call.now)}`,
    description: details.description ?? '',
    freeformTags: details.freeformTags ?? {},
    definedTags: details.definedTags ?? {},
    lifecycleState: 'ACTIVE',
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    action: details.action,
    recurrenceType: details.recurrenceType,
    recurrenceDetails: details.recurrenceDetails,
    resources,
    resourceFilters,
    ...(timeStarts === undefined ? {} : { timeStarts }),
    ...(timeEnds === undefined ? {} : { timeEnds }),
    ...(localTimeZone === undefined ? {} : { localTimeZone }),
  };
  call.store.add(made);
  const at = `/${apiVersions[service]}/schedules/${made.ocid}`;
  const headers = { location: at, 'content-location': at, ...done(call, made, 'CREATE_SCHEDULE', 'CREATED') };
  return one(made, view(made), headers);
}

/** The work request of a change that takes no time. */
function done(call: Call, resource: ResourceSchedule, operationType: string, actionType: WorkAction) {
  return openWork(call, { service, operationType, actionType, resource, finished: call.now });
}

function living(call: Call): ResourceSchedule {
  const found = call.resource('ResourceSchedule', 'scheduleId');
  call.checkEtag(found);
  return found;
}

function update(call: Call): Reply {
  const found = living(call);
  const { timeStarts, timeEnds, localTimeZone, ...details } = call.json(updateDetails);
  call.store.change(found, (changed) => {
    Object.assign(changed, present({ ...details, timeStarts, timeEnds, localTimeZone }));
  });
  return { status: 202, headers: done(call, found, 'UPDATE_SCHEDULE', 'UPDATED') };
}

function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function turn(to: 'ACTIVE' | 'INACTIVE') {
  return (call: Call): Reply => {
    const found = living(call);
    if (found.lifecycleState === to) throw incorrectState(`The schedule is ${to} already.`);
    call.store.move(found, to, []);
    return one(found, view(found));
  };
}

const service = 'resourcescheduler';
const path = '/schedules/{scheduleId}';

export const schedules: readonly Route[] = [
  { operation: 'Schedule.ListSchedules', service, method: 'GET', path: '/schedules', handle: list },
  {
    operation: 'Schedule.CreateSchedule',
    service,
    method: 'POST',
    path: '/schedules',
    retryToken: true,
    handle: create,
  },
  {
    operation: 'Schedule.GetSchedule',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const found = call.resource('ResourceSchedule', 'scheduleId');
      return one(found, view(found));
    },
  },
  { operation: 'Schedule.UpdateSchedule', service, method: 'PUT', path, handle: update },
  {
    operation: 'Schedule.DeleteSchedule',
    service,
    method: 'DELETE',
    path,
    handle: (call) => {
      call.store.move(living(call), 'DELETED', []);
      return { status: 202 };
    },
  },
  {
    operation: 'Schedule.ActivateSchedule',
    service,
    method: 'POST',
    path: `${path}/actions/activateSchedule`,
    retryToken: true,
    handle: turn('ACTIVE'),
  },
  {
    operation: 'Schedule.DeactivateSchedule',
    service,
    method: 'POST',
    path: `${path}/actions/deactivateSchedule`,
    retryToken: true,
    handle: turn('INACTIVE'),
  },
];
