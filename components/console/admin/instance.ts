export type { InstanceView } from "#lib/admin/schema.ts";
