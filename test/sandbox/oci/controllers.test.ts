import { models } from 'oci-resourcescheduler';
import { models as usage } from 'oci-usageapi';
import { afterEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients, resource } from './cloud.ts';

let cloud: Cloud;
afterEach(() => cloud.close());

const { Action, RecurrenceType } = models.CreateScheduleDetails;
const hour = 3_600_000;

describe('Resource Scheduler', () => {
  it('makes, changes, turns off and on, and deletes a schedule', async () => {
    cloud = await bootOci();
    const { schedules, close } = clients(cloud);
    const { ocid, compartmentId } = await resource(cloud, 'web-1');
    const { schedule, etag } = await schedules.createSchedule({
      createScheduleDetails: {
        compartmentId,
        displayName: 'nights',
        action: Action.StopResource,
        recurrenceType: RecurrenceType.Cron,
        recurrenceDetails: '0 19 * * *',
        resources: [{ id: ocid }],
      },
    });
    const scheduleId = schedule.id;
    await schedules.updateSchedule({
      scheduleId,
      ifMatch: etag,
      updateScheduleDetails: { displayName: 'late' },
    });
    await schedules.deactivateSchedule({ scheduleId });
    const listed = await schedules.listSchedules({ compartmentId, resourceId: ocid });
    expect(listed.scheduleCollection.items).toMatchObject([
      { displayName: 'late', lifecycleState: 'INACTIVE', resources: [{ id: ocid }] },
    ]);
    await expect(schedules.deactivateSchedule({ scheduleId })).rejects.toMatchObject({ statusCode: 409 });
    await schedules.activateSchedule({ scheduleId });
    await schedules.deleteSchedule({ scheduleId });
    expect((await schedules.getSchedule({ scheduleId })).schedule.lifecycleState).toBe('DELETED');
    close();
  });

  it('takes either resources or filters, and lists a compartment or a schedule', async () => {
    cloud = await bootOci();
    const { schedules, close } = clients(cloud);
    const { compartmentId } = await resource(cloud, 'web-1');
    const details = {
      compartmentId,
      action: Action.StopResource,
      recurrenceType: RecurrenceType.Cron,
      recurrenceDetails: '0 19 * * *',
    };
    const refused = { statusCode: 400 };
    await expect(schedules.createSchedule({ createScheduleDetails: details })).rejects.toMatchObject(refused);
    await expect(schedules.listSchedules({})).rejects.toMatchObject(refused);
    close();
  });
});

describe('autoscaling', () => {
  it('takes one configuration for a pool', async () => {
    cloud = await bootOci();
    const { autoScaling, close } = clients(cloud);
    const { compartmentId } = await resource(cloud, 'web-1');
    const policy = { policyType: 'threshold', capacity: { initial: 1, min: 1, max: 3 }, rules: [] };
    const make = () =>
      autoScaling.createAutoScalingConfiguration({
        createAutoScalingConfigurationDetails: {
          compartmentId,
          resource: { type: 'instancePool', id: 'pool-1' },
          policies: [policy],
        },
      });
    const { autoScalingConfiguration } = await make();
    await expect(make()).rejects.toMatchObject({ statusCode: 409 });
    const autoScalingConfigurationId = autoScalingConfiguration.id;
    await autoScaling.updateAutoScalingConfiguration({
      autoScalingConfigurationId,
      updateAutoScalingConfigurationDetails: { isEnabled: false },
    });
    const { items } = await autoScaling.listAutoScalingConfigurations({ compartmentId });
    expect(items).toMatchObject([{ isEnabled: false, resource: { id: 'pool-1' } }]);
    await autoScaling.deleteAutoScalingConfiguration({ autoScalingConfigurationId });
    expect((await autoScaling.listAutoScalingConfigurations({ compartmentId })).items).toEqual([]);
    close();
  });
});

describe('usage', () => {
  it('adds up to the same by the hour and by the day', async () => {
    cloud = await bootOci();
    const { usage: client, close } = clients(cloud);
    const until = Math.floor(cloud.clock.now() / (24 * hour)) * 24 * hour;
    const { Granularity } = usage.RequestSummarizedUsagesDetails;
    const ask = async (granularity: usage.RequestSummarizedUsagesDetails.Granularity, days = 1) => {
      const details = {
        tenantId: cloud.credentials.tenancy,
        timeUsageStarted: new Date(until - days * 24 * hour),
        timeUsageEnded: new Date(until),
        granularity,
        groupBy: ['resourceId', 'skuName'],
      };
      const items: usage.UsageSummary[] = [];
      for (let page: string | undefined, first = true; first || page; first = false) {
        const reply = await client.requestSummarizedUsages({
          requestSummarizedUsagesDetails: details,
          ...(page ? { page: encodeURIComponent(page) } : {}),
        });
        items.push(...reply.usageAggregation.items);
        page = reply.opcNextPage;
      }
      return items.reduce((sum, { computedAmount = 0 }) => sum + computedAmount, 0);
    };
    expect(await ask(Granularity.Hourly)).toBeCloseTo(await ask(Granularity.Daily), 6);
    expect(await ask(Granularity.Daily)).toBeGreaterThan(1);
    await expect(ask(Granularity.Hourly, 2)).rejects.toMatchObject({ statusCode: 400 });
    close();
  });
});
