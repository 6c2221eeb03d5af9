import { describe, expect, it } from 'vitest';
import { coverage } from '../../../sandbox/oci/coverage.ts';
import { routes } from '../../../sandbox/oci/routes.ts';
import { operationOf } from './wire/operations.ts';

const source = (operation: string): string => operationOf(operation).source;

describe('the coverage table', () => {
  it('has every route, and every entry has its routes', () => {
    const served = routes.map(({ operation, service }) => `${operation} at ${service}`).sort();
    const declared = coverage.flatMap(({ operation, services }) =>
      services.map((each) => `${operation} at ${each}`),
    );
    expect(declared.sort()).toEqual(served);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('says what is missing wherever support is partial', () => {
    expect(coverage.filter(({ support, notes }) => support === 'partial' && !notes)).toEqual([]);
  });

  it.each(routes)(
    '$operation is at the path, method and version that the SDK calls',
    ({ operation, method, path }) => {
      const text = source(operation);
      expect(text).toContain(`path: "${path}"`);
      expect(text).toContain(`method: "${method}"`);
    },
  );

  it.each(routes)(
    '$operation takes a retry token exactly if the SDK sends one',
    ({ operation, retryToken }) => {
      expect(source(operation).includes('"opc-retry-token"')).toBe(retryToken ?? false);
    },
  );
});
