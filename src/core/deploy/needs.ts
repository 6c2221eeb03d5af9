import type { App, ContainerTemplate } from './app.ts';

/** What the bot has to be allowed for the apps that there are. */
export interface DeployNeeds {
  /** Where apps are; never empty. */
  readonly regions: readonly string[];
  /** Whether any gate asks Monitoring. */
  readonly metrics: boolean;
  /** Vault secrets that instances are given, by their OCIDs. */
  readonly secrets: readonly { readonly region: string; readonly ocid: string }[];
}

/** Undefined where there are no apps. */
export function needsOf(apps: readonly App[]): DeployNeeds | undefined {
  if (apps.length === 0) return undefined;
  return {
    regions: [...new Set(apps.map(({ region }) => region))],
    metrics: apps.some(({ gates }) => gates.some(({ type }) => type === 'metric')),
    secrets: apps.flatMap((app) =>
      [...app.instance.containers, ...hooksOf(app)]
        .flatMap(secretsIn)
        .map((ocid) => ({ region: app.region, ocid })),
    ),
  };
}

function hooksOf({ before, after }: App): readonly ContainerTemplate[] {
  return [before, after].flatMap((hook) => hook?.container ?? []);
}

function secretsIn({ environment }: ContainerTemplate): readonly string[] {
  return Object.values(environment).flatMap((value) => (typeof value === 'string' ? [] : value.secret));
}
