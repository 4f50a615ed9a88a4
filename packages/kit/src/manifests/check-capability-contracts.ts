import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { toPointer } from "../json-pointer.ts";
import { TAXONOMY } from "../taxonomy/taxonomy.ts";
import type { ServiceManifest } from "./service-schema.ts";

/**
 * Warns of capabilities that a service claims without declaring the endpoints
 * and parameters of their contract: a host then knows that it can, but not how.
 *
 * @param index the entry's place in `services:`, for the pointer
 */
export function checkCapabilityContracts(service: ServiceManifest, index = 0): Problem[] {
  const endpointIds = new Set(service.endpoints?.map((endpoint) => endpoint.id));
  return service.capabilities.flatMap((id, position) => {
    const capability = TAXONOMY.capabilities.find((entry) => entry.id === id);
    if (capability === undefined) return [];
    const parameterKeys = new Set(service.parameters?.[id]?.map((parameter) => parameter.key));
    const endpoints = capability.contract.endpoints.filter((endpoint) => !endpointIds.has(endpoint));
    const parameters = capability.contract.parameters.filter((parameter) => !parameterKeys.has(parameter));
    if (endpoints.length + parameters.length === 0) return [];
    const missing = [...endpoints.map((name) => `endpoint \`${name}\``), ...parameters.map((name) => `parameter \`${name}\``)].join(", ");
    return [
      makeProblem({
        code: "capability.contract",
        severity: "W",
        pointer: toPointer(["services", index, "capabilities", position]),
        detail: `\`${id}\` is claimed without what its contract asks for: ${missing}.`,
        suggestion: "Declare them under `endpoints` and `parameters`, so that hosts can build a form and a call from the manifest.",
      }),
    ];
  });
}
