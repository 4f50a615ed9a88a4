import type { PermissionId } from "@kosmarket/kit";

/** Any one of the permissions allows the use. */
export interface UseRule {
  name: RegExp;
  anyOf: readonly PermissionId[];
}

/** What is called or constructed, by its dotted name. */
export const CALL_RULES: readonly UseRule[] = [
  { name: /^(?:fetch|WebSocket|EventSource|XMLHttpRequest|WebTransport|navigator\.sendBeacon)$/, anyOf: ["network"] },
  { name: /^Deno\.(?:connect|connectTls|connectQuic|listen|listenTls|listenDatagram|serve|resolveDns|startTls)$/, anyOf: ["network"] },
  { name: /^Deno\.(?:Command|run|kill)$/, anyOf: ["spawn_process"] },
  { name: /^Deno\.(?:read\w+|open|openSync|l?stat|l?statSync|realPath|realPathSync|watchFs)$/, anyOf: ["file_read", "file_write", "storage"] },
  { name: /^Deno\.(?:write\w+|create|createSync|remove|removeSync|rename|renameSync|mkdir|mkdirSync|copyFile|copyFileSync|truncate|truncateSync|chmod|chown|symlink|link|makeTemp\w+)$/, anyOf: ["file_write", "storage"] },
  { name: /^Notification$/, anyOf: ["notifications"] },
  { name: /^(?:AudioContext|webkitAudioContext|Audio|speechSynthesis\.speak)$/, anyOf: ["audio_output"] },
  { name: /^host\.log$/, anyOf: ["log_output"] },
  { name: /(?:^|\.)bus\.broadcast$/, anyOf: ["event_broadcast"] },
];

/** What is reached as a member, whether called or not. */
export const MEMBER_RULES: readonly UseRule[] = [
  { name: /^navigator\.clipboard$/, anyOf: ["clipboard"] },
  { name: /^navigator\.mediaDevices$/, anyOf: ["audio_input"] },
  { name: /^navigator\.gpu$/, anyOf: ["gpu"] },
  { name: /^host\.storage$/, anyOf: ["storage"] },
  { name: /^host\.files$/, anyOf: ["file_read", "file_write"] },
  { name: /^host\.config$/, anyOf: ["read_config"] },
  { name: /^host\.notifications$/, anyOf: ["notifications"] },
];

/** Members of what the host passes to each hook, by the permission that puts them there. */
export const HOST_MEMBERS: Readonly<Record<string, PermissionId>> = { log: "log_output", storage: "storage", files: "file_read", config: "read_config", notifications: "notifications" };

/** Objects through which everything can be reached: their members have to be named in the source. */
export const WIDE_OBJECTS: ReadonlySet<string> = new Set(["Deno", "globalThis", "window", "self", "process", "navigator"]);

/** Modules by specifier. */
export const IMPORT_RULES: readonly UseRule[] = [
  { name: /^(?:node:)?child_process$/, anyOf: ["spawn_process"] },
  { name: /^(?:node:)?fs(?:\/promises)?$/, anyOf: ["file_read", "file_write", "storage"] },
  { name: /^(?:node:)?(?:net|http|https|http2|tls|dgram|dns|dns\/promises)$/, anyOf: ["network"] },
];

/** First argument of `bus.invoke`: capabilities and classes of services, as `host.md` names them. */
export const SERVICE_RULES: readonly UseRule[] = [
  { name: /^(?:llm(?:\.|$)|chat$|embeddings$|text_generation$)/, anyOf: ["llm_access"] },
  { name: /^(?:vector(?:_store|_storage)?(?:\.|$)|similarity_search$)/, anyOf: ["vector_access"] },
  { name: /^image_gen(?:eration)?(?:\.|$)/, anyOf: ["image_gen_access"] },
  { name: /^net(?:\.|$)/, anyOf: ["network"] },
];

/** Ways out of the sandbox: nothing that a plugin can be granted. */
export const ESCAPE_NAMES = /^(?:Deno\.(?:dlopen|UnsafePointer|UnsafePointerView|UnsafeFnPointer|UnsafeCallback|core|internal)|Deno\.permissions\.request|process\.(?:binding|dlopen|_linkedBinding))(?:\.|$)|(?:^|\.)constructor\.constructor$/;
export const ESCAPE_MODULES = /^(?:node:)?(?:vm|inspector(?:\/promises)?|v8|ffi|wasi|cluster|repl|module)$/;
