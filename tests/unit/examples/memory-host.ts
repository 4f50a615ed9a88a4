import type { EventHandler, Host } from "../../../examples/text-tidy/host.ts";

export interface MemoryHost {
  host: Host;
  /** Calls a handler as `bus.invoke(plugin id, method, params)` does. */
  call(method: string, params: unknown): Promise<unknown>;
  stored: Map<string, string>;
  logged: string[];
  notified: string[];
  registered: string[];
}

interface MemoryHostOptions {
  config?: Record<string, unknown>;
  files?: Record<string, string>;
  answer?: (service: string, method: string, params: unknown) => unknown;
}

/** The `Host` interface of the examples, kept in memory. Values are stored as JSON, as on disk. */
export function createMemoryHost(id: string, options: MemoryHostOptions = {}): MemoryHost {
  const handlers = new Map<string, EventHandler>();
  const stored = new Map<string, string>();
  const logged: string[] = [];
  const notified: string[] = [];
  const registered: string[] = [];
  const host: Host = {
    plugin: { id, version: "1.0.0" },
    bus: {
      register: (_pluginId, capabilities) => void registered.push(...capabilities),
      subscribe: (event, handler) => void handlers.set(event, handler),
      invoke: async (service, method, params) => {
        if (options.answer === undefined) throw new Error(`no service answers ${service}.${method}`);
        return options.answer(service, method, params);
      },
      broadcast: () => undefined,
    },
    log: (level, message) => void logged.push(`${level}: ${message}`),
    storage: {
      get: async (key) => JSON.parse(stored.get(key) ?? "null"),
      put: async (key, value) => void (value === null ? stored.delete(key) : stored.set(key, JSON.stringify(value))),
      list: async (prefix) => [...stored.keys()].filter((key) => key.startsWith(prefix)).sort(),
    },
    files: {
      list: async () => Object.keys(options.files ?? {}),
      readText: async (path) => {
        const text = options.files?.[path];
        if (text === undefined) throw new Error(`${path} is not in the picked folder`);
        return text;
      },
    },
    config: { get: async () => options.config ?? {} },
    notifications: { show: async (title, body) => void notified.push(`${title}: ${body}`) },
  };
  const call = async (method: string, params: unknown): Promise<unknown> => {
    const handler = handlers.get(`${id}.${method}`);
    if (handler === undefined) throw new Error(`${id} has no method ${method}`);
    return handler(params);
  };
  return { host, call, stored, logged, notified, registered };
}
