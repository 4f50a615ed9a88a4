import { z } from "zod";
import { DECLARED_PERMISSIONS } from "../taxonomy/permissions.ts";
import type { PermissionId } from "../taxonomy/permissions.ts";
import { LISTING_TYPES } from "../taxonomy/taxonomy.ts";
import {
  ColorSchema, DataHandlingSchema, DescriptionSchema, formattedString, LicenseSchema, ListingIdSchema, ManifestVersionSchema,
  NameSchema, PackagePathSchema, RequirementSchema, TagsSchema, TrustLevelSchema, UrlSchema, VersionRangeSchema, VersionSchema,
} from "./field-schemas.ts";
import { CapabilitySchema } from "./service-schema.ts";

export const PLATFORMS = ["linux", "macos", "windows", "browser"] as const;
export const RUNTIMES = ["typescript", "wasm"] as const;
export const CHANNELS = ["stable", "beta", "nightly", "lts"] as const;

/** A network host with an optional port; `*.` stands for any name below. Numbers that a parser would make an address of are none. */
const NetworkHostSchema = formattedString(
  /^(?!(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,2}(?::|$))(?!169\.254\.|0\.|metadata(?:\.google\.internal|\.goog)?(?::|$)|\[fe80:|\[fd00:ec2::254\])(?:\*|(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i,
  "A network host is a name such as `api.example.com` or `*.example.com`, without scheme or path.",
);
const SizeSchema = z.union([
  z.number().positive(),
  formattedString(/^\d+(?:\.\d+)?\s?(?:[KMGT]i?)?B?$/i, "A size is a number with a unit, such as `256MiB`."),
]);
const DurationSchema = z.union([
  z.number().positive(),
  formattedString(/^\d+(?:\.\d+)?\s?(?:ms|s|m|h)$/, "A duration is a number with a unit, such as `30s`."),
]);
const CpuSchema = z.union([
  z.number().positive().max(1024),
  formattedString(/^\d+(?:\.\d+)?(?:m|%)?$/, "A share of processors is a number, `500m` or `50%`."),
]);
const FunctionNameSchema = formattedString(/^[A-Za-z_$][A-Za-z0-9_$]{0,127}$/, "A hook names a function that the entrypoint exports.");

const DependencyMapSchema = z.record(z.string().min(1).max(214), z.union([RequirementSchema, z.record(z.string().min(1).max(214), VersionRangeSchema)]));
const DependenciesSchema = z.union([z.array(DependencyMapSchema).max(200), DependencyMapSchema]);

/** `plugin.yaml`, as written. */
export const PluginFileSchema = z.strictObject({
  manifest_version: ManifestVersionSchema.optional(),
  id: ListingIdSchema,
  name: NameSchema,
  entrypoint: PackagePathSchema,
  version: VersionSchema,
  permissions: z.array(z.enum(DECLARED_PERMISSIONS)).max(40).optional(),
  ui: z
    .strictObject({
      menu: z.boolean().optional(),
      panel: z.boolean().optional(),
      icon: PackagePathSchema.optional(),
      color: ColorSchema.optional(),
    })
    .optional(),
  trust_level: TrustLevelSchema.optional(),
  dependencies: DependenciesSchema.optional(),
  description: DescriptionSchema.optional(),
  platforms: z.array(z.enum(PLATFORMS)).min(1).max(4).optional(),
  type: z.enum(LISTING_TYPES).optional(),
  capabilities: z.array(CapabilitySchema).max(40).optional(),
  engines: z.strictObject({ kos: VersionRangeSchema.optional() }).optional(),
  runtime: z.enum(RUNTIMES).optional(),
  network: z.array(NetworkHostSchema).max(100).optional(),
  resource_limits: z
    .strictObject({ cpu: CpuSchema.optional(), memory: SizeSchema.optional(), disk: SizeSchema.optional(), timeout: DurationSchema.optional() })
    .optional(),
  hooks: z
    .strictObject({
      init: FunctionNameSchema.optional(),
      onReady: FunctionNameSchema.optional(),
      onEvent: FunctionNameSchema.optional(),
      onDestroy: FunctionNameSchema.optional(),
    })
    .optional(),
  config_schema: PackagePathSchema.optional(),
  license: LicenseSchema.optional(),
  homepage: UrlSchema.optional(),
  repository: UrlSchema.optional(),
  tags: TagsSchema.optional(),
  channel: z.enum(CHANNELS).optional(),
  data_handling: DataHandlingSchema.optional(),
});

export type PluginFile = z.output<typeof PluginFileSchema>;

/** Listings of this registry and npm packages that a plugin needs, name to semver range; for a listing also a channel (`beta`, `beta ^1.2.0`). */
export interface PluginDependencies {
  listings: Record<string, string>;
  npm: Record<string, string>;
}

type Defaulted = "permissions" | "ui" | "trust_level" | "dependencies" | "platforms" | "type" | "capabilities" | "runtime" | "network" | "tags";

/** A plugin with aliases folded, implications added and defaults filled in. */
export type PluginManifest = Omit<PluginFile, Defaulted> & {
  permissions: PermissionId[];
  ui: { menu: boolean; panel: boolean; icon?: string | undefined; color?: string | undefined };
  trust_level: NonNullable<PluginFile["trust_level"]>;
  dependencies: PluginDependencies;
  platforms: NonNullable<PluginFile["platforms"]>;
  type: NonNullable<PluginFile["type"]>;
  capabilities: NonNullable<PluginFile["capabilities"]>;
  runtime: NonNullable<PluginFile["runtime"]>;
  network: string[];
  tags: string[];
};
