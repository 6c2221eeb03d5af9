import { Hono } from 'hono';
import { z } from 'zod';
import type { Traffic } from '../../traffic/traffic.ts';
import type { Cloud } from '../cloud.ts';
import { coverage } from '../coverage.ts';
import { faultShape } from '../faults.ts';
import type { Resource } from '../resources/resources.ts';
import { etagOf } from '../store.ts';
import { pathOf } from '../tenancy.ts';
import { imagesControl } from './images.ts';
import { metricsControl } from './metrics.ts';
import { serviceLimitsControl } from './service-limits.ts';

/** The kinds that the bot speaks of; everything else is called by its search type. */
const kinds: Partial<Record<Resource['type'], string>> = {
  Instance: 'instance',
  ContainerInstance: 'container-instance',
  Container: 'container',
  AutonomousDatabase: 'autonomous-database',
  DbSystem: 'db-system',
  CloudVmCluster: 'vm-cluster',
  MysqlDbSystem: 'mysql',
  PostgresqlDbSystem: 'postgresql',
  InstancePool: 'instance-pool',
  LoadBalancer: 'load-balancer',
  NetworkLoadBalancer: 'network-load-balancer',
  NodePool: 'node-pool',
  ClustersVirtualNodePool: 'node-pool',
  ClustersCluster: 'oke-cluster',
  IntegrationInstance: 'integration',
  AnalyticsInstance: 'analytics',
  GoldenGateDeployment: 'goldengate',
  OdaInstance: 'digital-assistant',
  DISWorkspace: 'data-integration',
  VisualBuilderInstance: 'visual-builder',
};

const edit = z.strictObject({
  state: z
    .string()
    .regex(/^[A-Z_]+$/, 'in capitals')
    .optional(),
  name: z.string().min(1).max(255).optional(),
  freeformTags: z.record(z.string(), z.string()).optional(),
  definedTags: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});

const limits = z.strictObject({
  limits: z.array(
    z.strictObject({
      operation: z.string().min(1).default('*'),
      perSecond: z.number().positive(),
      burst: z.number().min(1),
      retryAfter: z.boolean().default(false),
    }),
  ),
});

/**
 * What tests and the page ask of the cloud from the outside, without signatures; main mounts it at
 * /control/oci. README.md documents each route.
 */
export function controlApp(cloud: Cloud, traffic?: Traffic): Hono {
  const { store, tenancy, requests, faults, rates } = cloud;
  const view = (resource: Resource) => resourceView(cloud, resource);
  const app = new Hono();

  app.onError((error, context) => {
    const isInput = error instanceof z.ZodError || error instanceof SyntaxError;
    const text = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return context.json({ ok: false, error: text }, isInput ? 400 : 500);
  });

  app.get('/resources', (context) => {
    store.settle();
    const { type, name, region, state, compartment, ocid } = context.req.query();
    const wanted = type && plain(type);
    const found = store
      .all()
      .filter(
        (each) =>
          (wanted
            ? plain(each.type) === wanted || plain(kinds[each.type] ?? '') === wanted
            : each.type in kinds) &&
          (!name || each.displayName === name) &&
          (!region || each.region === region) &&
          (!state || each.lifecycleState === state.toUpperCase()) &&
          (!ocid || each.ocid === ocid) &&
          (!compartment || pathOf(tenancy, each.compartmentId) === compartment),
      );
    return context.json({ resources: found.map(view) });
  });

  app.get('/resources/:ocid', (context) => {
    store.settle();
    const resource = store.find(context.req.param('ocid'));
    if (!resource) return context.json({ ok: false, error: 'There is no such resource.' }, 404);
    return context.json({ resource: { ...view(resource), record: resource } });
  });

  app.post('/resources/:ocid', async (context) => {
    const resource = store.find(context.req.param('ocid'));
    if (!resource) return context.json({ ok: false, error: 'There is no such resource.' }, 404);
    const { state, name, freeformTags, definedTags } = edit.parse(await context.req.json());
    store.settle();
    store.change(resource, (changed) => {
      if (state) Object.assign(changed, { lifecycleState: state, phases: [] });
      changed.displayName = name ?? changed.displayName;
      changed.freeformTags = freeformTags ?? changed.freeformTags;
      changed.definedTags = definedTags ?? changed.definedTags;
    });
    return context.json({ ok: true, resource: view(resource) });
  });

  app.get('/requests', (context) => {
    const { operation, resource, status, region } = context.req.query();
    const found = requests
      .all()
      .filter(
        (each) =>
          (!operation || each.operation === operation) &&
          (!resource || each.resource === resource) &&
          (!status || String(each.status) === status) &&
          (!region || each.region === region),
      );
    return context.json({ requests: found });
  });

  app.delete('/requests', (context) => {
    requests.clear();
    store.tell({ kind: 'request' });
    return context.json({ ok: true });
  });

  app.get('/faults', (context) => context.json({ faults: faults.armed }));

  app.post('/faults', async (context) => {
    const armed = faults.arm(faultShape.parse(await context.req.json()));
    store.tell({ kind: 'faults' });
    return context.json({ ok: true, ...armed });
  });

  app.delete('/faults', (context) => {
    faults.clear();
    store.tell({ kind: 'faults' });
    return context.json({ ok: true });
  });

  app.delete('/faults/:id', (context) => {
    const isGone = faults.remove(context.req.param('id'));
    if (!isGone) return context.json({ ok: false, error: 'There is no such fault.' }, 404);
    store.tell({ kind: 'faults' });
    return context.json({ ok: true });
  });

  app.get('/limits', (context) => context.json({ limits: rates.limits }));

  app.post('/limits', async (context) => {
    rates.limit(limits.parse(await context.req.json()).limits);
    return context.json({ ok: true, limits: rates.limits });
  });

  if (traffic) app.route('/traffic', traffic.control);

  app.get('/coverage', (context) => context.json({ coverage }));

  app.route('/', imagesControl(cloud));
  app.route('/', metricsControl(cloud));
  app.route('/', serviceLimitsControl(cloud));

  return app;
}

/** `Container-Instances`, `ContainerInstance` and `container-instance` are one. */
function plain(type: string): string {
  return type
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/s$/, '');
}

function resourceView({ tenancy }: Cloud, resource: Resource) {
  return {
    kind: kinds[resource.type] ?? resource.type,
    type: resource.type,
    ocid: resource.ocid,
    name: resource.displayName,
    region: resource.region,
    compartment: pathOf(tenancy, resource.compartmentId),
    compartmentId: resource.compartmentId,
    state: resource.lifecycleState,
    details: resource.lifecycleDetails ?? null,
    /** When it reaches the last of the states to come. */
    settlesAt: resource.phases.at(-1)?.at ?? null,
    freeformTags: resource.freeformTags,
    definedTags: resource.definedTags,
    timeCreated: new Date(resource.timeCreated).toISOString(),
    etag: etagOf(resource),
  };
}
