import { readHome } from "#lib/catalog/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { HomeView } from "#components/home/home-view.tsx";

export default async function HomePage() {
  return <HomeView home={await readHome(await runtime())} />;
}
