import { parseSeed } from '../../../../sandbox/oci/seed/seed.ts';

/** One of each kind of resource. */
export const everything = parseSeed(`
tenancy: lamplight
user: { name: bot, email: bot@lamplight.example }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 3 }]
compartments:
  shop: { description: The shop, tags: { owner: ana }, defined: { Operations: { CostCenter: '1' } } }
tagNamespaces: { Operations: [CostCenter] }
x-place: &place { region: eu-frankfurt-1, compartment: shop, tags: { app: shop }, defined: { Operations: { CostCenter: '1' } } }
instances:
  - { <<: *place, name: web-1, public: true }
  - { <<: *place, name: web-2, state: STOPPED, shape: VM.Standard.A1.Flex }
  - { <<: *place, name: gpu-1, shape: VM.GPU.A10.1 }
instancePools:
  - { <<: *place, name: pool, attach: [{ loadBalancer: edge, backendSet: web, port: 8080 }] }
containerInstances:
  - { <<: *place, name: api, containers: [{ name: api-1, image: 'fra.ocir.io/lamplight/shop-api:1.0.0', command: [serve], environment: { PORT: '8080' }, healthCheckPort: 8080 }] }
  - { <<: *place, name: idle, state: INACTIVE, containers: [{ name: idle-1, image: 'docker.io/library/redis:8' }] }
repositories:
  - { name: shop-api, region: eu-frankfurt-1, compartment: shop, images: [{ tags: [1.0.0, latest], pushed: 3d }, { tags: [], pushed: 4d }] }
autonomousDatabases:
  - { <<: *place, name: db, dbName: SHOP }
  - { <<: *place, name: db-off, dbName: OFF, state: STOPPED, workload: DW, ocpus: 2 }
  - { <<: *place, name: db-dedicated, dbName: DED, dedicated: true, ocpus: 1 }
dbSystems: [{ <<: *place, name: ledger, nodes: 2, cores: 8 }]
vmClusters: [{ <<: *place, name: exa }]
mysqlSystems:
  - { <<: *place, name: insights, heatWave: { nodes: 2 } }
  - { <<: *place, name: insights-off, state: INACTIVE, highlyAvailable: true, heatWave: {} }
postgresSystems:
  - { <<: *place, name: forecasts, instances: 2 }
  - { <<: *place, name: forecasts-off, state: INACTIVE }
loadBalancers:
  - { <<: *place, name: edge, backendSets: { web: { backends: ['web-1:8080', 'web-2:8080'] }, api: { policy: IP_HASH } }, listeners: { main: { port: 80, backendSet: web, idle: 10 }, tcp: { port: 90, protocol: TCP, backendSet: web } } }
  - { <<: *place, name: fixed, shape: 100Mbps, private: true }
networkLoadBalancers:
  - { <<: *place, name: inner, backendSets: { web: { backends: ['web-1:8080', 'web-2:8080'], checkPath: /healthz }, idle: {} }, listeners: { main: { port: 443, backendSet: web } } }
  - { <<: *place, name: spare-nlb }
clusters:
  - { <<: *place, name: oke, pools: [{ name: workers, size: 2, autoscaled: { min: 1, max: 3 } }], virtualPools: [{ name: bursts }] }
integrations: [{ <<: *place, name: flows }]
analyticsInstances: [{ <<: *place, name: dashboards, ocpus: 4 }, { <<: *place, name: reports, users: 20 }]
goldenGates: [{ <<: *place, name: feed }]
digitalAssistants: [{ <<: *place, name: helpdesk }]
workspaces: [{ <<: *place, name: loads, description: Loads, privateNetwork: true }]
visualBuilders: [{ <<: *place, name: office }]
secrets: [{ name: password, region: eu-frankfurt-1, compartment: shop, content: one, previous: two }]
limits: [{ service: load-balancer, name: lb-flexible-count, value: 50 }, { service: container-instances, name: standard-e4-core-count, value: 300 }]
schedules: [{ name: nightly, region: eu-frankfurt-1, compartment: shop, action: STOP_RESOURCE, cron: '0 20 * * *', resources: [web-1] }]
autoScaling: [{ name: by-cpu, region: eu-frankfurt-1, compartment: shop, pool: pool }]
`);
