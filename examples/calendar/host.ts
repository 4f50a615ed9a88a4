/** A message that the host delivers to one plugin, such as `menu.opened` or `config.changed`. */
export interface HostEvent {
  name: string;
  data: unknown;
}

/** Answers a call or takes an event; what it returns (or resolves to) is the answer. */
export type EventHandler = (data: unknown) => unknown;

/** How plugins and services talk. Every call is checked against the granted permissions and logged. */
export interface ServiceBus {
  /** Announces what this plugin can do, in capability names of the taxonomy. */
  register(pluginId: string, capabilities: string[]): void;
  /** Listens for an event. `<plugin id>.<method>` is a call: `invoke(plugin id, method, params)` lands there. */
  subscribe(event: string, handler: EventHandler): void;
  /** Calls a service by capability (`llm.chat`) or a plugin by id. The host picks the provider and adds credentials. */
  invoke(service: string, method: string, params: unknown): Promise<unknown>;
  /** Tells every subscriber. Needs `event_broadcast`. */
  broadcast(event: string, data: unknown): void;
}

/** JSON values in the plugin's own data folder. Needs `storage`. */
export interface PluginStorage {
  /** Resolves to `null` when nothing is kept under the key. */
  get(key: string): Promise<unknown>;
  /** Keeps a JSON value; `null` removes the key. */
  put(key: string, value: unknown): Promise<void>;
  /** Resolves to the keys that start with the prefix, sorted. */
  list(prefix: string): Promise<string[]>;
}

/** The files that a person picked for this plugin, read-only. Needs `file_read`. */
export interface PickedFiles {
  /** Resolves to paths relative to the picked folder, `/` between parts. */
  list(): Promise<string[]>;
  /** Resolves to the file as text (UTF-8); rejects when it is outside the picked folder or not text. */
  readText(path: string): Promise<string>;
}

/** What the host passes to every hook. A member is there only when its permission was granted. */
export interface Host {
  plugin: { id: string; version: string };
  bus: ServiceBus;
  /** Needs `log_output`. */
  log(level: "info" | "warn" | "error", message: string): void;
  storage: PluginStorage;
  files: PickedFiles;
  /** The values of the settings form. Needs `read_config`. */
  config: { get(): Promise<Record<string, unknown>> };
  /** Needs `notifications`. */
  notifications: { show(title: string, body: string): Promise<void> };
}

/** What the entrypoint of a TypeScript plugin exports, function by function; `hooks` in plugin.yaml names them. */
export interface Plugin {
  /** Registers capabilities and subscribes handlers. Nothing is called before it resolves. */
  init(host: Host): void | Promise<void>;
  /** Every plugin that was going to start has started. */
  onReady?(host: Host): void | Promise<void>;
  /** The host has something for this plugin alone. */
  onEvent?(host: Host, event: HostEvent): unknown;
  /** Last call before the process ends: stop timers, keep what must last. */
  onDestroy?(host: Host): void | Promise<void>;
}
