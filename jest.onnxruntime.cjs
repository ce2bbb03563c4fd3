module.exports = globalThis.loadOnnxRuntime();
