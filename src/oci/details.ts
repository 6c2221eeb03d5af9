import type { Details } from '../core/cloud.ts';
import { CloudError } from '../core/fault.ts';

/** OCI sends null for what it has no value for, though the SDK's types do not say so. */
type Shown = string | number | null | undefined;

/** Label and value pairs; those without a value are left out. */
export function details(pairs: Readonly<Record<string, Shown>>): Details {
  return Object.entries(pairs).flatMap(([label, value]) =>
    value == null || value === '' ? [] : [{ label, value: String(value) }],
  );
}

/** `2026-11-21 09:18 UTC`. The SDK types times as Date and leaves them strings; both are taken. */
export function shownTime(time: Date | string | null | undefined): string | undefined {
  if (time == null) return undefined;
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? undefined : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `2 OCPUs, 16 GB memory`. */
export function shownShape(config: {
  readonly ocpus?: number;
  readonly memoryInGBs?: number;
}): string | undefined {
  const { ocpus, memoryInGBs } = config;
  const parts = [
    ...(ocpus == null ? [] : [`${ocpus} OCPU${ocpus === 1 ? '' : 's'}`]),
    ...(memoryInGBs == null ? [] : [`${memoryInGBs} GB memory`]),
  ];
  return parts.join(', ') || undefined;
}

/** `app=shop, env=dev`, in order of key. */
export function shownTags(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** Extra information must not cost the whole: undefined when it may not be read, or not now. */
export async function ifReadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}
