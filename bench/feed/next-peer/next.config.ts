import type { NextConfig } from "next";

// Next as it comes, on-the-fly compression included; without a file here it would take the registry's, further up.
// The content type is set here and not in the handler: Next copies a handler's headers with `appendHeader`, which
// leaves a list of one, and its compression takes a list for a type that does not compress.
const config: NextConfig = {
  headers: async () => [{ source: "/feed", headers: [{ key: "content-type", value: "application/json; charset=utf-8" }] }],
};

export default config;
