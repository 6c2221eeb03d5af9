import { Connection } from '../../src/oci/client/service.ts';
import { type Services, servicesOver } from '../../src/oci/client/services.ts';
import { Tenancy } from '../../src/oci/finding/tenancy.ts';
import type { Stage } from './sandbox.ts';

/** The services and the tenancy below the reader, for what a Cloud does not hand out. */
export interface Bare {
  readonly services: Services;
  readonly tenancy: Tenancy;
  /** What was logged, as text. */
  readonly logged: readonly string[];
  close(): void;
}

export function bare(on: Stage): Bare {
  const logged: string[] = [];
  const say = (details: object, message: string) => logged.push(`${message} ${JSON.stringify(details)}`);
  const connection = new Connection({
    auth: { type: 'config', file: on.configFile },
    endpoint: on.oci.endpoint,
    clock: on.clock,
    log: { debug: say, warn: say },
  });
  const services = servicesOver(connection);
  return {
    services,
    tenancy: new Tenancy(connection, services, {}),
    logged,
    close: () => {
      for (const service of Object.values(services)) service.close();
      connection.close();
    },
  };
}

/** Something done to the cloud from the outside, as the control API does it. */
export async function control(on: Stage, path: string, body: object): Promise<unknown> {
  const reply = await on.oci.control.request(path, { method: 'POST', body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
  return reply.json();
}
