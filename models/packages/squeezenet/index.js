/** The address of the ONNX file, in a form that bundlers know. */
export const address = () => new URL('./squeezenet.onnx', import.meta.url);
