import type { Metadata } from "next";
import { ApiReference } from "#components/api-docs/api-reference.tsx";
import type { ApiDocument } from "#components/api-docs/api-document.ts";
import { runtime } from "#lib/runtime/index.ts";
import { describeInterface } from "../_openapi.ts";

export const metadata: Metadata = { title: "The interface" };

export default async function ApiDocsPage() {
  const { config } = await runtime();
  return <ApiReference document={describeInterface(config.publicUrl) as ApiDocument} />;
}
