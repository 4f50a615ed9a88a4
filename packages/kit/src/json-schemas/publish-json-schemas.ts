import { z } from "zod";
import { PluginFileSchema } from "../manifests/plugin-schema.ts";
import { ServicesFileSchema } from "../manifests/service-schema.ts";
import { FeedSchema } from "../feed/feed-schema.ts";

/** JSON Schema (2020-12) of a services file, as published at `/schemas/service.v1.json`. */
export function serviceJsonSchema(): object {
  return publish(ServicesFileSchema, "kOS service manifest", true);
}

/** JSON Schema (2020-12) of a plugin file, as published at `/schemas/plugin.v1.json`. */
export function pluginJsonSchema(): object {
  return publish(PluginFileSchema, "kOS plugin manifest", true);
}

/** JSON Schema (2020-12) of the simple feed, as published at `/schemas/feed.v1.json`. */
export function feedJsonSchema(): object {
  return publish(FeedSchema, "kOS update feed", false);
}

function publish(schema: z.core.$ZodType, title: string, allowsExtensions: boolean): object {
  const generated = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      // Closed objects stay open for `x-` keys, as the parser is.
      const isClosed = jsonSchema.additionalProperties === false && jsonSchema.properties !== undefined;
      if (allowsExtensions && isClosed) jsonSchema.patternProperties = { "^x-": {} };
    },
  });
  return { ...generated, title };
}
