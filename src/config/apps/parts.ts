import type { z } from 'zod';
import { isMapping } from '../reading/fields.ts';
import { type Path, type Source, within } from '../reading/yaml.ts';
import { salvaged } from '../schedules/sheets.ts';
import { containerSchema, type FileContainer, type FileHook, hookSchema } from './container-schema.ts';
import { type FileGate, gateSchema } from './gate-schema.ts';
import { type FileInstance, type FileVolume, instanceSchema, volumeSchema } from './instance-schema.ts';
import { appSchema, type FileApp } from './schema.ts';
import { type FilePlace, placeSchema } from './traffic-schema.ts';

/** A part of an app and where it stands. */
export interface Part<T> {
  readonly written: Partial<T>;
  readonly path: Path;
}

/**
 * What can be read of an app, part by part, so that what is unsafe about it is told at once with what its schema
 * refuses.
 */
export interface AppParts extends Part<FileApp> {
  readonly name: string;
  /** All of it, if all of it is valid. */
  readonly whole?: FileApp;
  readonly instance: Part<FileInstance>;
  /** Whether it is a mapping, right or wrong. */
  readonly hasInstance: boolean;
  readonly containers: readonly Part<FileContainer>[];
  readonly volumes: readonly Part<FileVolume>[];
  readonly places: readonly Part<FilePlace>[];
  readonly gates: readonly Part<FileGate>[];
  readonly hooks: readonly Part<FileHook>[];
}

export function partsOf(name: string, whole: FileApp | undefined, source: Source, path: Path): AppParts {
  const instance = [...path, 'instance'];
  const part = <S extends z.ZodObject>(schema: S, at: Path): Part<z.output<S>> => ({
    written: salvaged(schema, source, at),
    path: at,
  });
  const each = <S extends z.ZodObject>(schema: S, at: Path) =>
    placesOf(source, at).map((place) => part(schema, place));
  return {
    name,
    ...(whole ? { whole } : {}),
    ...part(appSchema, path),
    instance: part(instanceSchema, instance),
    hasInstance: placesOf(source, instance).length > 0,
    containers: each(containerSchema, [...instance, 'containers']),
    volumes: each(volumeSchema, [...instance, 'volumes']),
    places: each(placeSchema, [...path, 'loadBalancer']),
    gates: each(gateSchema, [...path, 'gates']),
    hooks: ['before', 'after'].flatMap((key) => each(hookSchema, [...path, key])),
  };
}

/** Where the items of a list stand; one mapping is a list of itself. */
function placesOf(source: Source, path: Path): readonly Path[] {
  const { value } = within(source, path);
  if (Array.isArray(value)) return value.map((_, index) => [...path, index]);
  return isMapping(value) ? [path] : [];
}
