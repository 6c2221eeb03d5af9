import { AutoScalingClient } from 'oci-autoscaling';
import { NoRetryConfigurationDetails, Region, SimpleAuthenticationDetailsProvider } from 'oci-common';
import { models, ScheduleClient } from 'oci-resourcescheduler';
import { afterEach, describe, expect, it } from 'vitest';
import { type Stage, stage } from '../sandbox.ts';

let open: Stage | undefined;

async function raise(): Promise<Stage> {
  open = await stage();
  return open;
}

afterEach(async () => {
  await open?.close();
  open = undefined;
});

const threshold = { policyType: 'threshold', capacity: { initial: 1, min: 1, max: 3 }, rules: [] };
const frankfurt = 'eu-frankfurt-1';
const minutes = 60_000;

/** Somebody who makes schedules and autoscaling configurations beside the bot. */
function somebody({ oci }: Stage) {
  const { tenancy, user, fingerprint, privateKey } = oci.credentials;
  const authenticationDetailsProvider = new SimpleAuthenticationDetailsProvider(
    tenancy,
    user,
    fingerprint,
    privateKey,
    null,
    Region.EU_FRANKFURT_1,
  );
  const configuration = { retryConfiguration: NoRetryConfigurationDetails };
  const at = (service: string) => oci.endpoint.replace('{region}', frankfurt).replace('{service}', service);
  const schedules = new ScheduleClient({ authenticationDetailsProvider }, configuration);
  schedules.endpoint = at('resourcescheduler');
  const scaling = new AutoScalingClient({ authenticationDetailsProvider }, configuration);
  scaling.endpoint = at('autoscaling');
  return {
    scaling,
    schedules,
    schedule: (
      compartmentId: string,
      displayName: string,
      more: Partial<models.CreateScheduleDetails>,
      action = models.CreateScheduleDetails.Action.StopResource,
    ) =>
      schedules.createSchedule({
        createScheduleDetails: {
          compartmentId,
          displayName,
          action,
          recurrenceType: models.CreateScheduleDetails.RecurrenceType.Cron,
          recurrenceDetails: '0 19 * * *',
          ...more,
        },
      }),
  };
}

describe('what else decides', () => {
  it('is the schedule of the seed', async () => {
    const s = await raise();
    const airflow = await s.one('airflow-1');
    expect(await s.cloud.reader.controllers()).toEqual({
      by: new Map([[airflow.ocid, 'Resource Scheduler schedule nightly-airflow-stop']]),
      missing: [],
    });
  });

  it('is an enabled autoscaling configuration', async () => {
    const s = await raise();
    const { compartment } = await s.one('web-1');
    const { scaling } = somebody(s);
    const make = (id: string, isEnabled: boolean) =>
      scaling.createAutoScalingConfiguration({
        createAutoScalingConfigurationDetails: {
          compartmentId: compartment.ocid,
          displayName: `scale-${id}`,
          isEnabled,
          resource: { type: 'instancePool', id },
          policies: [threshold],
        },
      });
    await make('pool-1', true);
    await make('pool-2', false);
    const { by } = await s.cloud.reader.controllers();
    expect(by.get('pool-1')).toBe('autoscaling configuration scale-pool-1');
    expect(by.has('pool-2')).toBe(false);
  });

  it('is a schedule whose filters mean the resource, whatever its state', async () => {
    const s = await raise();
    const [web, database, prod] = [
      await s.one('web-1'),
      await s.one('shop-dev-db'),
      await s.one('shop-web-1'),
    ];
    const parent = (await s.one('load-test-1')).compartment;
    const { schedule } = somebody(s);
    const filters = (...resourceFilters: models.ResourceFilter[]) => ({ resourceFilters });
    await schedule(parent.ocid, 'by-type', {
      ...filters(
        { attribute: 'COMPARTMENT_ID', value: web.compartment.ocid } as models.CompartmentIdResourceFilter,
        { attribute: 'RESOURCE_TYPE', value: ['AutonomousDatabase'] } as models.ResourceTypeResourceFilter,
        { attribute: 'LIFECYCLE_STATE', value: ['STOPPED'] } as models.LifecycleStateResourceFilter,
      ),
    });
    await schedule(parent.ocid, 'by-tag', {
      ...filters({
        attribute: 'DEFINED_TAGS',
        value: [
          { namespace: 'Operations', tagKey: 'Criticality', value: prod.tags['Operations.Criticality'] },
        ],
      } as models.DefinedTagsResourceFilter),
    });
    const { by } = await s.cloud.reader.controllers();
    expect(by.get(database.ocid)).toBe('Resource Scheduler schedule by-type');
    expect(by.has(web.ocid)).toBe(false);
    expect(by.get(prod.ocid)).toBe('Resource Scheduler schedule by-tag');
  });

  it('is no backup, nothing inactive and nothing that has ended', async () => {
    const s = await raise();
    const [web, other] = [await s.one('web-1'), await s.one('web-2')];
    const { schedule, schedules } = somebody(s);
    const resources = [{ id: web.ocid }];
    await schedule(
      web.compartment.ocid,
      'a',
      { resources },
      models.CreateScheduleDetails.Action.BackupResource,
    );
    await schedule(web.compartment.ocid, 'b', { resources, timeEnds: new Date(s.clock.now() - minutes) });
    const made = await schedule(web.compartment.ocid, 'c', { resources: [{ id: other.ocid }] });
    await schedules.deactivateSchedule({ scheduleId: made.schedule.id });
    const { by } = await s.cloud.reader.controllers();
    expect([by.has(web.ocid), by.has(other.ocid)]).toEqual([false, false]);
  });

  it('is asked for every ten minutes at the most', async () => {
    const s = await raise();
    await Promise.all([s.cloud.reader.controllers(), s.cloud.reader.controllers()]);
    const asked = async () =>
      (await s.requests()).filter(({ operation }) => operation === 'Schedule.ListSchedules').length;
    const first = await asked();
    await s.cloud.reader.controllers();
    expect(await asked()).toBe(first);
    s.clock.advance(11 * minutes);
    await s.cloud.reader.controllers();
    expect(await asked()).toBe(2 * first);
  });

  it('is left out and named where it may not be read', async () => {
    const s = await raise();
    await s.fault({ operation: 'Schedule.ListSchedules', region: frankfurt, status: 404, for: '1h' });
    const { by, missing } = await s.cloud.reader.controllers();
    expect(by.size).toBe(0);
    expect(missing).toHaveLength(1);
    expect(missing[0]).toMatchObject({ region: frankfurt });
    expect(missing[0]?.because).toMatch(/^Resource Scheduler schedules: 404 NotAuthorizedOrNotFound/);
  });
});
