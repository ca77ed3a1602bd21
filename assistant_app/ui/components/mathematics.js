// Loaded when the first formula appears, never before.
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import "katex/dist/katex.min.css";

const OPTIONS = { trust: false, strict: "ignore", throwOnError: false, maxExpand: 300, maxSize: 20 };

export const remarkPlugins = [remarkMath];
export const rehypePlugins = [[rehypeKatex, OPTIONS]];
