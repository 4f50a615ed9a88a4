import type { Metadata } from "next";
import { ErrorPage } from "#components/errors/error-page.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return <ErrorPage status={404} />;
}
