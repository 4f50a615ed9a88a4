import type { PermissionId } from "@kosmarket/kit";

export interface SourceUse {
  /** what the source says, such as `Deno.Command` or `https://api.example` */
  name: string;
  /** in UTF-16 units; a place is worked out only for what is reported */
  offset: number;
}

/** What one source file does, as far as its syntax shows. */
export interface SourceUses {
  permissions: (SourceUse & { anyOf: readonly PermissionId[] })[];
  /** network hosts in literal addresses, `host` or `host:port`, lower case */
  hosts: SourceUse[];
  dynamicCode: SourceUse[];
  remoteCode: SourceUse[];
  escapes: SourceUse[];
  /** writes to where the module itself lies */
  selfWrites: SourceUse[];
  /** texts that only attacks have a use for; `name` says what they do */
  knownBad: SourceUse[];
  /** a service is called by a name that is only known at run time */
  invokesUnknownService: boolean;
  /** taken out of a parameter by name, which may be what the host passes in */
  possible: PermissionId[];
}
