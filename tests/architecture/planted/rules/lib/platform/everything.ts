// eslint: house/named-reexports
export * from "./inner.ts";
