import semver from "semver";
import { toPointer } from "../json-pointer.ts";
import type { Manifest } from "../manifests/parse-manifest-yaml.ts";
import type { PluginManifest } from "../manifests/plugin-schema.ts";
import type { ServiceManifest } from "../manifests/service-schema.ts";

/** Something that whoever relied on the earlier version can no longer do, with its place in both manifests. */
export interface BreakingChange {
  what: string;
  /** JSON pointer into the earlier manifest, of its own kind's root; null where only the later one has it */
  before: string | null;
  /** the same in the later one; null where it is gone */
  after: string | null;
}

/** What the later manifest takes away or asks for besides (`docs/compatibility.md`). Empty where the kinds differ: that is refused elsewhere. */
export function findBreakingChanges(before: Manifest, after: Manifest): BreakingChange[] {
  if (before.kind === "service" && after.kind === "service") return serviceBreaks(before, after);
  return before.kind === "plugin" && after.kind === "plugin" ? pluginBreaks(before, after) : [];
}

/**
 * Whether a version may break what the earlier one promised: a higher major; before 1.0.0 a higher minor, as npm's `^`
 * reads it; and between prereleases of one version, which promise nothing yet.
 */
export function mayBreak(before: string, after: string): boolean {
  const [from, to] = [semver.parse(before), semver.parse(after)];
  if (from === null || to === null) return false;
  if (to.major !== from.major) return to.major > from.major;
  if (to.major === 0 && to.minor !== from.minor) return to.minor > from.minor;
  return from.prerelease.length > 0 && from.compareMain(to) === 0;
}

type Keyed<T> = Map<string, { value: T; pointer: string }>;

function keyed<T>(list: readonly T[], at: (string | number)[], key: (value: T) => string): Keyed<T> {
  return new Map(list.map((value, index) => [key(value), { value, pointer: toPointer([...at, index]) }]));
}

function removed<T>(before: Keyed<T>, after: Keyed<T>, name: (key: string) => string): BreakingChange[] {
  return [...before].filter(([key]) => !after.has(key)).map(([key, { pointer }]) => ({ what: `${name(key)} is gone`, before: pointer, after: null }));
}

function serviceBreaks(before: ServiceManifest, after: ServiceManifest): BreakingChange[] {
  return [...capabilityBreaks(before, after), ...endpointBreaks(before, after), ...parameterBreaks(before, after), ...authBreaks(before, after)];
}

function capabilityBreaks(before: Pick<Manifest, "capabilities">, after: Pick<Manifest, "capabilities">): BreakingChange[] {
  const list = (manifest: Pick<Manifest, "capabilities">) => keyed(manifest.capabilities as readonly string[], ["capabilities"], (id) => id);
  return removed(list(before), list(after), (id) => `the capability \`${id}\``);
}

function endpointBreaks(before: ServiceManifest, after: ServiceManifest): BreakingChange[] {
  const list = (manifest: ServiceManifest) => keyed(manifest.endpoints ?? [], ["endpoints"], (endpoint) => endpoint.id);
  const [old, now] = [list(before), list(after)];
  const changed = [...old].flatMap(([id, { value, pointer }]) => {
    const next = now.get(id);
    const said = (endpoint: typeof value) => `${endpoint.method ?? "GET"} ${endpoint.path}`;
    return next === undefined || said(next.value) === said(value) ? [] : [{ what: `the endpoint \`${id}\` is ${said(next.value)} instead of ${said(value)}`, before: pointer, after: next.pointer }];
  });
  return [...removed(old, now, (id) => `the endpoint \`${id}\``), ...changed];
}

type Parameter = NonNullable<NonNullable<ServiceManifest["parameters"]>[keyof NonNullable<ServiceManifest["parameters"]>]>[number];

function parameterBreaks(before: ServiceManifest, after: ServiceManifest): BreakingChange[] {
  const list = (manifest: ServiceManifest): Keyed<Parameter> =>
    new Map(Object.entries(manifest.parameters ?? {}).flatMap(([capability, parameters]) => parameters.map((value, index) => [`${capability} ${value.key}`, { value, pointer: toPointer(["parameters", capability, index]) }] as const)));
  const [old, now] = [list(before), list(after)];
  const name = (key: string): string => key.replace(/^(\S+) (.*)$/s, "the parameter `$2` of `$1`");
  const changed = [...now].flatMap(([key, { value, pointer }]): BreakingChange[] => {
    const was = old.get(key);
    // What was not there before breaks only where nobody may leave it out.
    if (was === undefined) return value.required === true && after.capabilities.some((id) => key.startsWith(`${id} `) && before.capabilities.includes(id)) ? [{ what: `${name(key)} is new and required`, before: null, after: pointer }] : [];
    if (was.value.type !== value.type) return [{ what: `${name(key)} is a ${value.type} instead of a ${was.value.type}`, before: was.pointer, after: pointer }];
    return value.required === true && was.value.required !== true ? [{ what: `${name(key)} is required now`, before: was.pointer, after: pointer }] : [];
  });
  return [...removed(old, now, name), ...changed];
}

/** Words for a person do not count; everything that a host needs in order to prove itself does. */
function authBreaks({ auth: before }: ServiceManifest, { auth: after }: ServiceManifest): BreakingChange[] {
  const place = { before: "/auth", after: "/auth" };
  if (before.type !== after.type) return [{ what: `the authentication is \`${after.type}\` instead of \`${before.type}\``, ...place }];
  const facts = ({ help: _help, optional: _optional, ...rest }: Record<string, unknown>) => JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (facts(before) !== facts(after)) return [{ what: `the authentication \`${after.type}\` is given in another way`, ...place }];
  const isOptional = (auth: object) => "optional" in auth && auth.optional === true;
  return isOptional(before) && !isOptional(after) ? [{ what: "the authentication may not be left out any more", ...place }] : [];
}

function pluginBreaks(before: PluginManifest, after: PluginManifest): BreakingChange[] {
  const permissions = keyed(before.permissions, ["permissions"], (id) => id);
  const asked = [...keyed(after.permissions, ["permissions"], (id) => id)].filter(([id]) => !permissions.has(id)).map(([id, { pointer }]) => ({ what: `the permission \`${id}\` is asked for besides`, before: null, after: pointer }));
  const platforms = (manifest: PluginManifest) => keyed(manifest.platforms, ["platforms"], (id) => id);
  const runtime = before.runtime === after.runtime ? [] : [{ what: `the runtime is \`${after.runtime}\` instead of \`${before.runtime}\``, before: "/runtime", after: "/runtime" }];
  const settings = before.config_schema !== undefined && after.config_schema === undefined ? [{ what: "the settings are gone", before: "/config_schema", after: null }] : [];
  return [...capabilityBreaks(before, after), ...asked, ...removed(platforms(before), platforms(after), (id) => `the platform \`${id}\``), ...engineBreaks(before, after), ...runtime, ...settings];
}

function engineBreaks(before: PluginManifest, after: PluginManifest): BreakingChange[] {
  const [old, now] = [before.engines?.kos ?? "*", after.engines?.kos ?? "*"];
  if (semver.subset(old, now, { includePrerelease: true })) return [];
  return [{ what: `kOS ${now} is needed, where ${old === "*" ? "any would do" : `${old} would do`}`, before: before.engines?.kos === undefined ? null : "/engines/kos", after: "/engines/kos" }];
}
