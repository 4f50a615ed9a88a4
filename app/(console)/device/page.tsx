import type { Metadata } from "next";
import { ConsolePage } from "#components/console/console-page.tsx";
import { DeviceDesk } from "#components/console/device/device-desk.tsx";
import { requireViewer } from "../../_session.ts";

export const metadata: Metadata = { title: "Sign in a device" };

interface DevicePageProps {
  searchParams: Promise<{ code?: string | string[] }>;
}

/** The code of the address is only filled in: whoever opens a link that somebody sent still has to look and to press. */
export default async function DevicePage({ searchParams }: DevicePageProps) {
  const { code } = await searchParams;
  const given = typeof code === "string" ? code.slice(0, 16) : "";
  await requireViewer(given === "" ? "/device" : `/device?code=${encodeURIComponent(given)}`);
  return (
    <ConsolePage title="Sign in a device" lead="A command line that you started shows a code of eight letters. Type it here to let it act in your name." narrow>
      <DeviceDesk code={given} />
    </ConsolePage>
  );
}
