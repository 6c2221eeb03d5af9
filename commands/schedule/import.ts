import { query, selector } from '../../src/command.ts';
import { importTags } from '../../src/core/schedule/tags/import.ts';
import { importReport } from '../../src/core/schedule/tags/import-report.ts';
import { everything, matches, showSelector } from '../../src/core/selector.ts';

export default query({
  summary: 'Show what schedules in tags are as policies, as a file to lay into policies/',
  examples: ['schedule import', 'schedule import env=dev'],
  args: { target: selector({ optional: true }) },
  async run({ target: selected }, { cloud, lights }) {
    const { targets, missing } = await cloud.find(everything);
    const meant = targets.filter((target) => matches(selected, target));
    const taken = lights.policies.map(({ name }) => name);
    return importReport(importTags(meant, { all: targets, zone: lights.zone, taken }), {
      missing,
      about: showSelector(selected) || 'what I can see',
    });
  },
});
