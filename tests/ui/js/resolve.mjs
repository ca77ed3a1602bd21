// Lets the components' files run in node: packages come from the built front end, styles are nothing.
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const built = pathToFileURL(`${process.env.FRONT_END}/package.json`).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.endsWith(".css")) return { url: "data:text/javascript,", shortCircuit: true };
    const bare = /^[a-z@]/.test(specifier) && !specifier.includes(":");
    return next(specifier, bare && !context.parentURL?.includes("/node_modules/") ? { ...context, parentURL: built } : context);
  },
});
