import type { Metadata } from "next";
import { InlineText } from "#components/ui/inline-text.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ERRORS, type ErrorCode } from "#lib/http/index.ts";
import { ERROR_WORDS } from "./_error-words.ts";

export const metadata: Metadata = { title: "Error codes" };

/** Where the `type` of every problem document leads. */
export default function ErrorCodesPage() {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  return (
    <div className="page flex flex-col gap-8 pt-8">
      <PageHeader title="Error codes" lead="Every failure of the interface names one of these in its code, and links here in its type. The codes are stable; the sentences may change." />
      <div className="grid gap-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <nav aria-label="On this page" className="self-start max-lg:hidden lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
          <ul className="flex flex-col border-l pl-3 font-mono text-13 text-grey-11">
            {codes.map((code) => (
              <li key={code}>
                <a href={`#${code}`} className="block leading-6 hover:text-grey-12 hover:underline">
                  {code}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ErrorList codes={codes} />
      </div>
    </div>
  );
}

function ErrorList({ codes }: { codes: readonly ErrorCode[] }) {
  return (
    <ul className="flex max-w-prose flex-col gap-6">
      {codes.map((code) => (
        <li key={code} id={code} className="flex scroll-mt-24 flex-col gap-1 border-l-2 border-grey-6 pl-4 target:border-grey-12">
          <p className="flex items-baseline gap-3 font-mono text-13 text-grey-11">
            <span>{ERRORS[code].status}</span>
            <a href={`#${code}`} className="hover:text-grey-12 hover:underline">
              {code}
            </a>
          </p>
          <h2 className="text-16 font-semibold">{ERRORS[code].title}</h2>
          <p className="text-14">
            <InlineText text={ERROR_WORDS[code].when} />
          </p>
          <p className="text-14 text-grey-11">
            <InlineText text={ERROR_WORDS[code].next} />
          </p>
        </li>
      ))}
    </ul>
  );
}
