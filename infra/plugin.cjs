// osls loads CommonJS; the plugin is TypeScript.
module.exports = require('./plugin.ts').GuardrailPlugin;
