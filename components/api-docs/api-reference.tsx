import { sectionsOf, type ApiDocument, type ApiSection } from "#components/api-docs/api-document.ts";
import { OperationEntry } from "#components/api-docs/operation-entry.tsx";
import { Shape } from "#components/api-docs/shape.tsx";
import { shapePieces } from "#components/api-docs/shape-pieces.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

/** The interface for people, drawn from the document that programs read. Opens and closes without scripts. */
export function ApiReference({ document }: { document: ApiDocument }) {
  const sections = sectionsOf(document);
  const server = document.servers[0]?.url ?? "";
  return (
    <div className="page flex flex-col gap-8 pt-8">
      <PageHeader
        title="The interface"
        lead="Every address of this registry: who may call it, how often, what goes in and what comes out. Made from the same table that the handlers obey."
        actions={
          <LinkButton href="/api/openapi.json" prefetch={false}>
            OpenAPI document
          </LinkButton>
        }
      />
      <div className="grid gap-8 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="On this page" className="self-start lg:sticky lg:top-20">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:flex-col lg:border-l lg:pl-3">
            {[...sections, { id: "shapes", title: "Shapes" }].map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`} className="text-grey-11 hover:text-grey-12 hover:underline">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-col gap-10">
          <Rules />
          {sections.map((section) => (
            <Section key={section.id} section={section} server={server} />
          ))}
          <Shapes document={document} />
        </div>
      </div>
    </div>
  );
}

/** What holds for every address, said once. */
function Rules() {
  return (
    <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-14 text-grey-11">
      <li>
        Programs send <code>Authorization: Bearer kos_…</code> with a token from <a href="/tokens" className="link">your tokens</a>; pages use the session cookie, and only from this origin.
      </li>
      <li>
        A list answers <code>items</code> and <code>nextCursor</code>; send the latter as <code>cursor</code> until it is null.
      </li>
      <li>
        Where a limit counts, answers carry <code>RateLimit</code>; a refused one is 429 with <code>Retry-After</code>.
      </li>
      <li>
        Failures are problem documents (RFC 9457). <a href="/docs/errors" className="link">Each code</a> says what to do, and <code>requestId</code> is what to quote.
      </li>
    </ul>
  );
}

function Section({ section, server }: { section: ApiSection; server: string }) {
  return (
    <section id={section.id} aria-labelledby={`${section.id}-title`} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id={`${section.id}-title`} className="text-20 font-semibold">
          {section.title}
        </h2>
        <p className="max-w-prose text-grey-11">{section.lead}</p>
      </div>
      {section.paths.map(([path, operations]) => (
        <div key={path} className="min-w-0 rounded-md border bg-panel">
          <h3 className="px-3 py-2 font-mono text-13 font-medium break-words">{path}</h3>
          {Object.entries(operations).map(([method, operation]) => (
            <OperationEntry key={method} server={server} path={path} method={method} operation={operation} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Shapes({ document }: { document: ApiDocument }) {
  return (
    <section id="shapes" aria-labelledby="shapes-title" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="shapes-title" className="text-20 font-semibold">
          Shapes
        </h2>
        <p className="max-w-prose text-grey-11">Objects that several answers share. A question mark follows a field that may be absent.</p>
      </div>
      <div className="flex flex-col gap-2">
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <Disclosure key={name} title={<h3 className="font-mono text-13 font-medium">{name}</h3>}>
            <div id={`shape-${name}`} className="scroll-mt-24">
              <Shape pieces={shapePieces(schema)} label={`shape ${name}`} />
            </div>
          </Disclosure>
        ))}
      </div>
    </section>
  );
}
