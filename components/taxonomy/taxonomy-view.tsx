import Link from "next/link";
import type { ReactNode } from "react";
import { PERMISSIONS, TAXONOMY, TRUST_LEVELS } from "@kosmarket/kit";
import { Glyph } from "#components/listing/glyph.tsx";
import { PermissionList } from "#components/listing/permission-list.tsx";
import { capabilityWords } from "#components/listing/vocabulary.ts";
import { RUNGS } from "#components/trust/rungs.ts";
import { TrustBadge } from "#components/trust/trust-badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";

const SECTIONS = [
  { id: "types", title: "Types" },
  { id: "capabilities", title: "Capabilities" },
  { id: "permissions", title: "Permissions" },
  { id: "trust", title: "Trust" },
  { id: "ladder", title: "The ladder" },
] as const;

/** The registry's vocabulary, explained from the same data that the checks use. */
export function TaxonomyView() {
  return (
    <div className="page flex flex-col gap-8 pt-8">
      <PageHeader title="The vocabulary" lead="Every listing is described with these words and no others. Manifests are checked against the same list." />
      <div className="grid gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="On this page" className="self-start lg:sticky lg:top-20">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:flex-col lg:border-l lg:pl-3">
            {SECTIONS.map((section) => (
              <li key={section.id}>
                <a href={`#${section.id}`} className="text-grey-11 hover:text-grey-12 hover:underline">
                  {section.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-col gap-12">
          <Types />
          <Capabilities />
          <Section id="permissions" title="Permissions" lead="What a plugin may ask of a host, gravest first. A host grants nothing that is not in the manifest.">
            <PermissionList permissions={PERMISSIONS.filter((permission) => !("aliasOf" in permission)).map((permission) => permission.id)} />
          </Section>
          <Trust />
          <LadderExplained />
        </div>
      </div>
    </div>
  );
}

function Section({ id, title, lead, children }: { id: string; title: string; lead: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id={`${id}-title`} className="text-20 font-semibold">
          {title}
        </h2>
        <p className="max-w-prose text-grey-11">{lead}</p>
      </div>
      {children}
    </section>
  );
}

function Types() {
  return (
    <Section id="types" title="Types" lead="Each listing has one. A listing without an icon is drawn in the outline of its type.">
      <ul className="flex flex-col divide-y rounded-md border bg-panel">
        {TAXONOMY.types.map((type) => (
          <li key={type.id} className="flex items-center gap-3 px-4 py-3">
            <Glyph id={type.id} type={type.id} hue="plain" className="size-8" />
            <span className="min-w-0 flex-1">
              <Link href={`/search?type=${type.id}`} className="link font-medium">
                {type.label}
              </Link>
              <span className="block text-grey-11">{type.meaning}</span>
            </span>
            <code className="text-13 text-grey-11">{type.id}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Capabilities() {
  return (
    <Section id="capabilities" title="Capabilities" lead="What a listing can do. To claim one, a service declares the endpoints and parameters of its contract; the probe shows that it is alive.">
      {TAXONOMY.classes.map((group) => (
        <div key={group.id} className="flex flex-col gap-2">
          <h3 className="text-14 font-semibold">
            {group.label} <span className="font-normal text-grey-11">{group.meaning}</span>
          </h3>
          <Table
            caption={`Capabilities of the class ${group.label}`}
            head={
              <>
                <Th>Capability</Th>
                <Th className="w-full">Meaning and probe</Th>
                <Th>Endpoints</Th>
                <Th>Parameters</Th>
              </>
            }
          >
            {TAXONOMY.capabilities
              .filter((capability) => capability.class === group.id)
              .map((capability) => (
                <tr key={capability.id}>
                  <Td className="align-top whitespace-nowrap">
                    <Link href={`/search?capability=${capability.id}`} className="link font-medium">
                      {capabilityWords(capability.id)}
                    </Link>
                    <code className="block text-12 text-grey-10">{capability.id}</code>
                  </Td>
                  <Td className="align-top sm:min-w-64">
                    {capability.meaning}
                    <span className="block text-13 text-grey-11">{capability.contract.probe}</span>
                  </Td>
                  <Td label="Endpoints" className="align-top text-13">
                    <WordList words={capability.contract.endpoints} />
                  </Td>
                  <Td label="Parameters" className="align-top text-13">
                    <WordList words={capability.contract.parameters} />
                  </Td>
                </tr>
              ))}
          </Table>
        </div>
      ))}
    </Section>
  );
}

function WordList({ words }: { words: readonly string[] }) {
  return words.length === 0 ? <span className="text-grey-10">none</span> : <code>{words.join(", ")}</code>;
}

function Trust() {
  return (
    <Section id="trust" title="Trust" lead="A manifest asks for a level; the registry decides the one in effect. Pages and answers always name both.">
      <ul className="flex flex-col divide-y rounded-md border bg-panel">
        {TRUST_LEVELS.map((level) => (
          <li key={level.id} className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[8rem_1fr]">
            <span>
              <TrustBadge trust={{ requested: level.id, effective: level.id }} />
            </span>
            <span>
              {level.meaning}
              <span className="block text-13 text-grey-11">A host enforces: {level.enforcement}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function LadderExplained() {
  return (
    <Section id="ladder" title="The ladder" lead="Five questions about every version. Each answer is proven, missing or failed, and opens the evidence with the command that checks it.">
      <ol className="flex flex-col divide-y rounded-md border bg-panel">
        {RUNGS.map((rung, index) => (
          <li key={rung.rung} className="grid grid-cols-[1.5rem_6rem_1fr] gap-x-2 px-4 py-3">
            <span className="font-mono text-13 text-grey-10">{index + 1}</span>
            <span className="font-medium">{rung.label}</span>
            <span className="text-grey-11">{rung.question}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
