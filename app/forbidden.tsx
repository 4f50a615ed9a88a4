import type { Metadata } from "next";
import { ErrorPage } from "#components/errors/error-page.tsx";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return <ErrorPage status={403} />;
}
