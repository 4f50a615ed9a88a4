export { ageDownloads, countDownload, flushDownloads, flushDownloadsRegularly } from "./count-downloads.ts";
