import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics serves, by Prometheus naming rules: base units, `_total` on counters. */
export interface Metrics {
  readonly registry: Registry;
  readonly commands: Counter<'command' | 'outcome'>;
  readonly commandSeconds: Histogram<'command'>;
  readonly cloudCalls: Counter<'operation' | 'region' | 'status'>;
  readonly cloudSeconds: Histogram<'operation'>;
  readonly looks: Counter<'outcome'>;
  readonly lastLook: Gauge;
}

export interface Gauges {
  /** Operations that are not final, by status. */
  readonly operations: () => Promise<Readonly<Record<string, number>>>;
  /** Messages that wait for Slack. */
  readonly unsent: () => Promise<number>;
  readonly ready: () => boolean;
}

export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'lamplighter_operations',
    help: 'Operations that are not final, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset();
      for (const [status, count] of Object.entries(await gauges.operations())) this.set({ status }, count);
    },
  });
  new Gauge({
    name: 'lamplighter_unsent_messages',
    help: 'Messages in the outbox that Slack has not taken yet',
    registers,
    async collect() {
      this.set(await gauges.unsent());
    },
  });
  new Gauge({
    name: 'lamplighter_ready',
    help: '1 when Slack is connected and the store answers',
    registers,
    collect() {
      this.set(gauges.ready() ? 1 : 0);
    },
  });
  const seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
  return {
    registry,
    commands: new Counter({
      name: 'lamplighter_commands_total',
      help: 'Command lines handled',
      labelNames: ['command', 'outcome'],
      registers,
    }),
    commandSeconds: new Histogram({
      name: 'lamplighter_command_seconds',
      help: 'From the line to its answer',
      labelNames: ['command'],
      buckets: seconds,
      registers,
    }),
    cloudCalls: new Counter({
      name: 'lamplighter_oci_calls_total',
      help: 'Calls to OCI, by their HTTP status (0: no reply)',
      labelNames: ['operation', 'region', 'status'],
      registers,
    }),
    cloudSeconds: new Histogram({
      name: 'lamplighter_oci_call_seconds',
      help: 'From a call to OCI to its reply',
      labelNames: ['operation'],
      buckets: seconds,
      registers,
    }),
    looks: new Counter({
      name: 'lamplighter_schedule_looks_total',
      help: 'Looks at all resources for their schedules: done or failed',
      labelNames: ['outcome'],
      registers,
    }),
    lastLook: new Gauge({
      name: 'lamplighter_schedule_last_look_timestamp_seconds',
      help: 'When schedules were last looked at, by the clock of the bot',
      registers,
    }),
  };
}
