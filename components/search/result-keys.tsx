"use client";

import { useEffect } from "react";

/** Lets the arrow keys walk through the results; from the search field, down goes to the first. Draws nothing. */
export function ResultKeys() {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.ctrlKey || event.metaKey || event.altKey) return;
      const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-result-link]")];
      const field = document.querySelector<HTMLInputElement>("[data-search-field]");
      const here = document.activeElement;
      const index = links.findIndex((link) => link === here);
      const idle = here === null || here === document.body || here.id === "main";
      if (index === -1 && here !== field && !idle) return;
      const next = event.key === "ArrowDown" ? links[index + 1] : index > 0 ? links[index - 1] : index === 0 ? field : undefined;
      if (next === undefined || next === null) return;
      event.preventDefault();
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return null;
}
