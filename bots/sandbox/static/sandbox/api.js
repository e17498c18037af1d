// Talk to the people's API of this server.
const ROOT = "/sandbox/api/";

async function call(path, options) {
  const response = await fetch(ROOT + path, options);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error((body.description || "That did not work").replace(/^Bad Request: /, ""));
  }
  return body;
}

export function get(path, query = {}, signal = undefined) {
  const words = new URLSearchParams(query).toString();
  return call(words ? `${path}?${words}` : path, { signal });
}

export function post(path, body = {}) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export function fileAddress(fileId) {
  return `${ROOT}files/${encodeURIComponent(fileId)}`;
}

export function readAsBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(new Error("The file could not be read"));
    reader.readAsDataURL(file);
  });
}
