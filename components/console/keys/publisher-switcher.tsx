import { TabLinks } from "#components/ui/tabs.tsx";

interface PublisherSwitcherProps {
  publishers: readonly { slug: string; name: string }[];
  current: string;
}

/** Chooses whose keys are shown; absent where there is nothing to choose. */
export function PublisherSwitcher({ publishers, current }: PublisherSwitcherProps) {
  if (publishers.length < 2) return null;
  const tabs = publishers.map(({ slug, name }) => ({ id: slug, label: name, href: `/keys?publisher=${slug}` }));
  return <TabLinks label="Publisher" tabs={tabs} active={current} />;
}
