import Link from "next/link";

const GROUPS = [
  {
    title: "Catalogue",
    links: [
      { href: "/search", label: "Browse" },
      { href: "/taxonomy", label: "Types, capabilities, permissions" },
      { href: "/taxonomy#trust", label: "How trust is decided" },
      { href: "/log", label: "Record" },
      { href: "/privacy", label: "Privacy" },
    ],
  },
  {
    title: "Publish",
    links: [
      { href: "/publish", label: "Publish a version" },
      { href: "/schemas/plugin.v1.json", label: "Plugin schema" },
      { href: "/schemas/services.v1.json", label: "Service schema" },
    ],
  },
  {
    title: "Programs",
    links: [
      { href: "/api/docs", label: "API reference" },
      { href: "/docs/errors", label: "Error codes" },
      { href: "/api/feed.json", label: "Update feed" },
      { href: "/api/v1/registry/keys.asc", label: "Registry certificate" },
      { href: "/feed.atom", label: "Atom feed" },
    ],
  },
] as const;

/** The foot of every page: where people and programs go next. */
export function SiteFooter() {
  return (
    <footer className="mt-16 border-t">
      <div className="page flex flex-col gap-8 py-10 md:flex-row md:justify-between">
        <p className="max-w-72 text-13 text-grey-11">Every artifact here is exactly the bytes its publisher uploaded. Each page shows how to check that without trusting us.</p>
        <nav aria-label="Footer" className="grid grid-cols-2 gap-x-10 gap-y-6 sm:grid-cols-3">
          {GROUPS.map((group) => (
            <div key={group.title} className="flex flex-col gap-2">
              <p className="eyebrow">{group.title}</p>
              <ul className="flex flex-col gap-1.5 text-13">
                {group.links.map((link) => (
                  <li key={link.href}>
                    <FooterLink href={link.href} label={link.label} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
      </div>
    </footer>
  );
}

/** Documents and answers of the API are plain links: they are not pages of this application. */
function FooterLink({ href, label }: { href: string; label: string }) {
  const style = "text-grey-11 hover:text-grey-12 hover:underline underline-offset-3";
  const page = !href.startsWith("/api/") && !href.startsWith("/schemas/") && !href.endsWith(".atom");
  return page ? (
    <Link href={href} className={style}>
      {label}
    </Link>
  ) : (
    <a href={href} className={style}>
      {label}
    </a>
  );
}
