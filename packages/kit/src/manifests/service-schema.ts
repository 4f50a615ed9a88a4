import { z } from "zod";
import { CAPABILITY_IDS, LISTING_TYPES } from "../taxonomy/taxonomy.ts";
import {
  ColorSchema, DataHandlingSchema, DescriptionSchema, EnvironmentNameSchema, HeaderNameSchema, HeaderValueSchema, KeySchema,
  LabelSchema, LicenseSchema, ListingIdSchema, ManifestVersionSchema, NameSchema, PackagePathSchema, RequestPathSchema,
  TagsSchema, TrustLevelSchema, UrlSchema, VersionSchema,
} from "./field-schemas.ts";

export const CapabilitySchema = z.enum(CAPABILITY_IDS);

const authExtras = {
  help: z.string().max(1000).optional().describe("Where a person gets the credential."),
  optional: z.boolean().optional().describe("True when the service also answers without it."),
};

/** How a host proves itself to the service; secrets are named, never given. */
export const AuthSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("none"), help: authExtras.help }),
  z.strictObject({ type: z.literal("bearer_token"), token_env: EnvironmentNameSchema, ...authExtras }),
  z.strictObject({
    type: z.literal("api_key"),
    token_env: EnvironmentNameSchema,
    header: HeaderNameSchema.optional(),
    query: KeySchema.optional(),
    prefix: z.string().max(32).optional(),
    ...authExtras,
  }),
  z.strictObject({ type: z.literal("basic"), username_env: EnvironmentNameSchema, password_env: EnvironmentNameSchema, ...authExtras }),
  z.strictObject({
    type: z.literal("oauth2"),
    token_url: UrlSchema,
    authorization_url: UrlSchema.optional(),
    scopes: z.array(z.string().min(1).max(200)).max(50).optional(),
    client_id_env: EnvironmentNameSchema.optional(),
    client_secret_env: EnvironmentNameSchema.optional(),
    token_env: EnvironmentNameSchema.optional(),
    ...authExtras,
  }),
]);

/** A service that the host starts itself. Environment entries are names, never values. */
export const LaunchSchema = z.strictObject({
  registry: z.enum(["oci", "npm", "pypi"]),
  package: z.string().min(1).max(300),
  version: z.string().min(1).max(128).optional(),
  args: z.array(z.string().max(1000)).max(100).optional(),
  env: z
    .array(
      z.strictObject({
        name: EnvironmentNameSchema,
        secret: z.boolean().optional(),
        required: z.boolean().optional(),
        description: z.string().max(500).optional(),
      }),
    )
    .max(100)
    .optional(),
});

const ScalarSchema = z.union([z.string().max(4000), z.number(), z.boolean()]);

/** One setting of a request: enough to draw its form field. */
export const ParameterSchema = z.strictObject({
  key: KeySchema,
  label: LabelSchema,
  type: z.enum(["string", "number", "boolean", "select", "file"]),
  description: z.string().max(1000).optional(),
  default: ScalarSchema.optional(),
  required: z.boolean().optional(),
  range: z.tuple([z.number(), z.number()]).optional().describe("Lowest and highest value."),
  step: z.number().positive().optional(),
  options: z
    .array(z.union([ScalarSchema, z.strictObject({ value: ScalarSchema, label: LabelSchema.optional() })]))
    .max(500)
    .optional(),
  options_endpoint: RequestPathSchema.optional().describe("A GET request whose answer lists the options."),
  options_path: z.string().max(200).optional().describe("Where in that answer the list stands, dots between names."),
  options_value_key: z.string().min(1).max(100).optional(),
  options_label_key: z.string().min(1).max(100).optional(),
});

export const EndpointSchema = z.strictObject({
  id: KeySchema,
  path: RequestPathSchema,
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]).optional(),
  streaming: z.boolean().optional(),
  parser: KeySchema.optional().describe("How the answer is read, such as json, sse or ndjson."),
  description: z.string().max(1000).optional(),
});

const statusCode = z.int().min(100).max(599);

export const HealthSchema = z.strictObject({
  method: z.enum(["GET", "HEAD", "POST", "OPTIONS"]).optional(),
  path: RequestPathSchema,
  expected_status: z.union([statusCode, z.array(statusCode).min(1).max(20)]).optional(),
  handshake: z.enum(["http", "websocket", "mcp"]).optional(),
});

export const ModelSchema = z.union([
  z.string().min(1).max(200),
  z.strictObject({ id: z.string().min(1).max(200), name: LabelSchema.optional(), context_length: z.int().positive().optional() }),
]);

/** One entry of `services:`, as written. */
export const ServiceEntrySchema = z.strictObject({
  manifest_version: ManifestVersionSchema.optional(),
  id: ListingIdSchema,
  name: NameSchema,
  type: z.enum(LISTING_TYPES.filter((type) => type !== "user_plugin")),
  provider: z.string().min(1).max(80).optional(),
  description: DescriptionSchema.optional(),
  endpoint: UrlSchema.optional(),
  launch: LaunchSchema.optional(),
  auth: AuthSchema,
  capabilities: z.array(CapabilitySchema).min(1).max(40),
  ui: z.strictObject({ icon: PackagePathSchema.optional(), color: ColorSchema.optional() }).optional(),
  trust_level: TrustLevelSchema.optional(),
  version: VersionSchema.optional(),
  docs: z.array(UrlSchema).max(20).optional(),
  default_port: z.int().min(1).max(65535).optional(),
  headers: z.record(HeaderNameSchema, HeaderValueSchema).optional(),
  endpoints: z.array(EndpointSchema).max(200).optional(),
  parameters: z.partialRecord(CapabilitySchema, z.array(ParameterSchema).max(200)).optional(),
  health: HealthSchema.optional(),
  models: z.array(ModelSchema).max(500).optional(),
  tags: TagsSchema.optional(),
  license: LicenseSchema.optional(),
  homepage: UrlSchema.optional(),
  data_handling: DataHandlingSchema.optional(),
});

/** A whole `services.yaml`. */
export const ServicesFileSchema = z.strictObject({
  manifest_version: ManifestVersionSchema.optional(),
  services: z.array(ServiceEntrySchema).min(1).max(200),
});

export type ServiceEntry = z.output<typeof ServiceEntrySchema>;

/** A service with the defaults filled in; `endpoint` or `launch` is present. */
export type ServiceManifest = ServiceEntry & { trust_level: NonNullable<ServiceEntry["trust_level"]> };
