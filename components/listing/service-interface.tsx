import { KeyRound } from "lucide-react";
import type { ServiceManifest } from "@kosmarket/kit";
import { describeAuth } from "#components/listing/describe-auth.ts";
import { capabilityMeaning, capabilityWords } from "#components/listing/vocabulary.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CopyText } from "#components/ui/copy-text.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";

type Parameter = NonNullable<NonNullable<ServiceManifest["parameters"]>[keyof NonNullable<ServiceManifest["parameters"]>]>[number];

/** How a service is reached: address, credential, endpoints and the parameters of each capability. */
export function ServiceInterface({ manifest }: { manifest: ServiceManifest }) {
  return (
    <div className="flex flex-col gap-6">
      <ConnectionPanel manifest={manifest} />
      <EndpointTable endpoints={manifest.endpoints ?? []} />
      <ParameterTables parameters={manifest.parameters ?? {}} />
    </div>
  );
}

function ConnectionPanel({ manifest }: { manifest: ServiceManifest }) {
  const address = manifest.endpoint ?? null;
  const launch = manifest.launch ? `${manifest.launch.registry}: ${manifest.launch.package}${manifest.launch.version ? `@${manifest.launch.version}` : ""}` : null;
  return (
    <Panel title="Connection">
      <Facts
        wide
        facts={[
          ...(address ? [{ label: "Address", value: <CopyText value={address} label="address" head={44} tail={10} /> }] : []),
          ...(launch ? [{ label: "The host starts", value: <CopyText value={launch} label="package" head={44} tail={10} /> }] : []),
          {
            label: "Credential",
            value: (
              <span className="flex items-start gap-1.5">
                <KeyRound aria-hidden className="mt-0.5 size-3.5 shrink-0 text-grey-10" />
                <span>
                  <InlineText text={describeAuth(manifest.auth)} />
                </span>
              </span>
            ),
          },
          ...(manifest.health ? [{ label: "Alive when", value: <code className="inline-block max-w-full text-13 wrap-anywhere">{describeHealth(manifest.health)}</code> }] : []),
          ...Object.entries(manifest.headers ?? {}).map(([name, value]) => ({ label: "Header", value: <code className="text-13 break-all">{`${name}: ${value}`}</code> })),
        ]}
      />
    </Panel>
  );
}

function describeHealth(health: NonNullable<ServiceManifest["health"]>): string {
  const status = health.expected_status === undefined ? "200" : [health.expected_status].flat().join(" or ");
  return `${health.method ?? "GET"} ${health.path} answers ${status}`;
}

function EndpointTable({ endpoints }: { endpoints: NonNullable<ServiceManifest["endpoints"]> }) {
  if (endpoints.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-16 font-semibold">Endpoints</h2>
      <Table
        caption="Endpoints of the service"
        head={
          <>
            <Th>Name</Th>
            <Th>Request</Th>
            <Th>Answer</Th>
          </>
        }
      >
        {endpoints.map((endpoint) => (
          <tr key={endpoint.id}>
            <Td className="whitespace-nowrap">
              <code className="text-13">{endpoint.id}</code>
            </Td>
            <Td label="Request">
              <code className="text-13 sm:whitespace-nowrap">
                <span className="text-grey-10">{endpoint.method ?? "GET"}</span> {endpoint.path}
              </code>
              {endpoint.description ? <p className="text-13 text-grey-11">{endpoint.description}</p> : null}
            </Td>
            <Td label="Answer" className="text-13 whitespace-nowrap text-grey-11">
              {endpoint.parser ?? "json"}
              {endpoint.streaming ? ", streamed" : ""}
            </Td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function ParameterTables({ parameters }: { parameters: NonNullable<ServiceManifest["parameters"]> }) {
  const groups = Object.entries(parameters).filter(([, list]) => list.length > 0);
  if (groups.length === 0) return null;
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-16 font-semibold">Parameters</h2>
      {groups.map(([capability, list]) => (
        <div key={capability} className="flex flex-col gap-2">
          <h3 className="text-14 font-medium first-letter:uppercase" title={capabilityMeaning(capability) ?? undefined}>
            {capabilityWords(capability)} <code className="text-13 font-normal text-grey-10">{capability}</code>
          </h3>
          <Table
            caption={`Parameters of ${capabilityWords(capability)}`}
            head={
              <>
                <Th>Key</Th>
                <Th>Type</Th>
                <Th>Default</Th>
                <Th className="w-full">Meaning</Th>
              </>
            }
          >
            {list.map((parameter) => (
              <ParameterRow key={parameter.key} parameter={parameter} />
            ))}
          </Table>
        </div>
      ))}
    </section>
  );
}

function ParameterRow({ parameter }: { parameter: Parameter }) {
  return (
    <tr>
      <Td className="whitespace-nowrap">
        <code className="text-13">{parameter.key}</code>
        {parameter.required ? (
          <Badge className="ml-2">required</Badge>
        ) : null}
      </Td>
      <Td label="Type" className="text-13 text-grey-11 sm:whitespace-nowrap">{parameter.range ? `${parameter.type}, ${parameter.range[0]} to ${parameter.range[1]}` : parameter.type}</Td>
      <Td label="Default" className="sm:whitespace-nowrap">{parameter.default === undefined ? <span className="text-13 text-grey-10">none</span> : <code className="text-13">{String(parameter.default)}</code>}</Td>
      <Td label="Meaning" className="text-13 text-grey-11 sm:min-w-56">
        <span className="text-grey-12">{parameter.label}</span>
        {parameter.description ? `: ${parameter.description}` : ""}
        <ParameterChoices parameter={parameter} />
      </Td>
    </tr>
  );
}

function ParameterChoices({ parameter }: { parameter: Parameter }) {
  if (parameter.options_endpoint) return <> Choices come from <code>{parameter.options_endpoint}</code>.</>;
  if (!parameter.options || parameter.options.length === 0) return null;
  const values = parameter.options.map((option) => (typeof option === "object" ? String(option.value) : String(option)));
  return (
    <>
      {" "}
      One of <code className="break-words">{values.slice(0, 12).join(", ")}</code>
      {values.length > 12 ? ` and ${values.length - 12} more` : ""}.
    </>
  );
}
