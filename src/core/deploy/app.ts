import type { Tags } from '../target.ts';

/**
 * A service that container instances make up, as `apps:` in lamplighter.yml describes it. Times are milliseconds.
 * OCI cannot change a container instance that runs (UpdateContainerInstanceDetails takes a name and tags), so that
 * a deploy is: new instances beside the old ones, traffic moved from these to those, the old ones deleted.
 */
export interface App {
  readonly name: string;
  /** Where deploys are told of besides the channel that they were asked for in. */
  readonly channel?: string;
  readonly region: string;
  /** A path such as `shop/prod`; the new instances are made there, and the old ones looked for. */
  readonly compartment: string;
  readonly find: Finder;
  readonly instance: InstanceTemplate;
  /** How many instances serve when all is well. */
  readonly replicas: number;
  readonly spread: Spread;
  /** Where its instances stand behind load balancers; none for a worker that nobody calls. */
  readonly places: readonly Place[];
  readonly health: Health;
  /** So many healthy backends there are in each place at all times, or nothing is taken away. */
  readonly minimum: number;
  /** How long old connections are given to end, at least; a listener's idle timeout may ask for more. */
  readonly drain: number;
  /** How long the old instances are kept, warm and out of traffic, after the last step. */
  readonly bake: number;
  /** What is used where the line does not say. */
  readonly strategy: Strategy;
  /** Run in a container instance of its own before anything else, and waited for. Skipped on the way back. */
  readonly before?: Hook;
  /** The same, once the old instances are gone. */
  readonly after?: Hook;
  readonly gates: readonly Gate[];
  /** How long each kind of step may take. */
  readonly within: { readonly create: number; readonly healthy: number; readonly remove: number };
}

/** Which container instances are the app's own: all that is said has to hold. */
export interface Finder {
  /** `*` stands for anything; the whole name has to match. */
  readonly name?: string;
  /** A value may hold `*`. */
  readonly tags: Tags;
  /** Lifecycle states in capitals. */
  readonly states: readonly string[];
}

/** Availability domains and fault domains that instances are made in, in turn. */
export interface Spread {
  /** Names as OCI has them or their ends (`AD-1`); empty for all of the region. */
  readonly domains: readonly string[];
  readonly faultDomains: boolean;
  /** Whether the next domain is tried where one has no capacity. */
  readonly fallback: boolean;
}

/** One backend set and port that every instance is a backend of. */
export interface Place {
  readonly balancer: BalancerFinder;
  readonly set: string;
  readonly port: number;
  /** Of a backend that there is no old one to learn it from. */
  readonly weight: number;
  /** Made where it is missing. */
  readonly create?: NewSet;
}

export interface BalancerFinder {
  readonly kind: 'load-balancer' | 'network-load-balancer';
  /** As for instances; the one that it matches, and it has to be one. */
  readonly name?: string;
  readonly tags: Tags;
  /** A path; the app's own if absent. */
  readonly compartment?: string;
}

/** A backend set that a deploy may make, with the listener that leads to it. */
export interface NewSet {
  readonly policy: string;
  readonly checker: Checker;
  readonly listener?: { readonly name: string; readonly port: number; readonly protocol: string };
}

/** How a load balancer tells whether a backend is well. Times are milliseconds. */
export interface Checker {
  readonly protocol: 'HTTP' | 'TCP';
  readonly path?: string;
  /** The backend's own if absent. */
  readonly port?: number;
  readonly code?: number;
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
}

/** When a new instance is believed to be well. */
export interface Health {
  /** Looks in a row at which OCI says OK; they span at least the checker's interval × retries. */
  readonly ok: number;
}

export type Strategy =
  /** So many at a time: made, added, well, and only then as many old ones drained. */
  | { readonly type: 'rolling'; readonly batch: number }
  /** A whole new set, then the switch; the old one is kept for the bake time. */
  | { readonly type: 'blue-green' }
  /** A share of the traffic at a time, with the gates between. */
  | { readonly type: 'canary'; readonly steps: readonly CanaryStep[] };

export interface CanaryStep {
  /** Per cent of the traffic that the new version gets, above 0, the last one 100. */
  readonly share: number;
  /** How long it stays there while the gates are watched; 0 for not at all. */
  readonly hold: number;
}

/** A container that runs to its end once. An image that is the first container's is of the version that is deployed. */
export interface Hook {
  readonly container: ContainerTemplate;
  readonly within: number;
}

/** What decides, between the steps and during the bake, whether it goes on. */
export type Gate = {
  readonly name: string;
  /** How often it is looked at. */
  readonly every: number;
  /** Nothing is looked at before this long after the step. */
  readonly delay: number;
  /** So many failed looks are forgiven; the next one ends the deploy. 0 for none. */
  readonly failures: number;
  /** It is looked at and told of, and decides nothing. */
  readonly observeOnly: boolean;
} & (
  | {
      readonly type: 'metric';
      /** Monitoring's namespace: `oci_lbaas`, `shop`. */
      readonly namespace: string;
      /** In Monitoring's query language. */
      readonly query: string;
      /** What it has to be to pass, and what is failure; between the two it is inconclusive. */
      readonly pass: Threshold;
      readonly fail: Threshold;
    }
  | {
      readonly type: 'http';
      /** Of the load balancer or of one new instance: `http://{ip}:8080/healthz`. */
      readonly url: string;
      readonly code: number;
      readonly timeout: number;
    }
  /** Whether the load balancer says OK of every new backend. */
  | { readonly type: 'health' }
  /** A person presses Promote. Group and member ids; whoever may deploy, if empty. */
  | { readonly type: 'person'; readonly from: readonly string[] }
);

/** `< 1`, `>= 99.5`. */
export interface Threshold {
  readonly is: '<' | '<=' | '>' | '>=' | '==';
  readonly value: number;
}

/** What a container instance is made of, all but its name, its place and the version of its image. */
export interface InstanceTemplate {
  readonly shape: string;
  readonly ocpus: number;
  /** GiB. */
  readonly memory: number;
  readonly vnics: readonly VnicTemplate[];
  readonly containers: readonly ContainerTemplate[];
  readonly volumes: readonly VolumeTemplate[];
  readonly restartPolicy: 'ALWAYS' | 'NEVER' | 'ON_FAILURE';
  /** Whole seconds, up to 300: how long containers have between the signal and the end. */
  readonly gracefulShutdown: number;
  readonly pullSecrets: readonly PullSecret[];
  readonly dns?: {
    readonly nameservers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  };
  readonly tags: Tags;
  /** `Namespace.Key`. */
  readonly definedTags: Tags;
}

export interface VnicTemplate {
  /** An OCID, or the name of a subnet of the app's compartment. */
  readonly subnet: string;
  /** OCIDs. */
  readonly securityGroups: readonly string[];
  readonly publicIp: boolean;
}

export interface ContainerTemplate {
  readonly name: string;
  /** Without a tag or digest where the line brings it; the first container is the one that it brings it for. */
  readonly image: string;
  readonly command: readonly string[];
  readonly arguments: readonly string[];
  readonly workingDirectory?: string;
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  readonly mounts: readonly { readonly volume: string; readonly path: string; readonly readOnly: boolean }[];
  /** Limits within those of the instance. */
  readonly limits?: { readonly ocpus?: number; readonly memory?: number };
  readonly checks: readonly ContainerCheck[];
  readonly resourcePrincipal: boolean;
  readonly securityContext?: {
    readonly runAsUser?: number;
    readonly runAsGroup?: number;
    readonly nonRoot?: boolean;
    readonly readOnlyRoot?: boolean;
  };
}

/**
 * A text with placeholders, or the OCID of a Vault secret whose content is read when the instance is made and kept
 * nowhere else.
 */
export type EnvironmentValue = string | { readonly secret: string };

/** OCI's own check of a container, which may kill it. Times are whole seconds. */
export interface ContainerCheck {
  readonly name?: string;
  readonly type: 'HTTP' | 'TCP';
  readonly port: number;
  readonly path?: string;
  readonly interval?: number;
  readonly timeout?: number;
  readonly initialDelay?: number;
  readonly failures?: number;
  readonly successes?: number;
  readonly onFailure?: 'KILL' | 'NONE';
}

export type VolumeTemplate =
  | {
      readonly type: 'files';
      readonly name: string;
      /** Content as base64, by file name. */
      readonly files: Readonly<Record<string, string>>;
    }
  | { readonly type: 'empty'; readonly name: string; readonly memory: boolean };

/** How a private registry lets the instance in. */
export interface PullSecret {
  /** `fra.ocir.io`. */
  readonly registry: string;
  /** The OCID of a Vault secret. */
  readonly secret: string;
}
