"""The OpenAPI description of this interface, kept beside it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from trainer.web.api import bp
from trainer.web.guards import public

STATES = ["valid", "not_yet_valid", "expired", "revoked", "replaced", "unknown", "not_genuine", "unreadable"]


def _answer(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


TOKEN = {
    "name": "token", "in": "path", "required": True, "schema": {"type": "string", "minLength": 22, "maxLength": 64},
    "description": "The last part of the address under the QR code.",
}  # fmt: skip
ANYTHING = {"type": ["object", "null"], "additionalProperties": True}
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Certificates", "version": "1",
        "description": "Checks category certificates without an account. Rate limits answer 429 with Retry-After.",
    },
    "paths": {
        "/api/v1/certificates/{token}": {
            "get": {
                "operationId": "getCertificate", "summary": "What a certificate is today, and all that it states",
                "parameters": [TOKEN],
                "responses": {
                    "200": _answer("It was issued here; `status` says what it is.", "Checked"),
                    "404": _answer("No certificate has this token.", "Checked"),
                },
            }
        },
        "/api/v1/certificates/{token}/name": {
            "post": {
                "operationId": "compareName", "summary": "Whether a name is the holder's", "parameters": [TOKEN],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {
                        "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}},
                    }}},
                },
                "responses": {
                    "200": _answer("The answer.", "NameAnswer"),
                    "404": _answer("No certificate has this token.", "Error"),
                    "422": _answer("There is no name in the request.", "Error"),
                },
            }
        },
        "/api/v1/certificates/check": {
            "post": {
                "operationId": "checkFile", "summary": "Check a file: PDF, JSON, JWT, PNG or SVG, at most 4 MiB",
                "requestBody": {
                    "required": True,
                    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
                },
                "responses": {
                    "200": _answer("The answer, whatever it is.", "Checked"),
                    "413": _answer("The file is too large.", "Error"),
                    "422": _answer("There is no file in the request.", "Error"),
                },
            }
        },
        "/v/{token}": {
            "get": {
                "operationId": "verifyPage",
                "summary": "The public page, or by Accept the certificate itself",
                "description": "Also the id of the credential, so that programs which follow it find the credential.",
                "parameters": [TOKEN],
                "responses": {
                    "200": {
                        "description": "In the form that Accept asks for.",
                        "content": {
                            "text/html": {"schema": {"type": "string"}},
                            "application/json": {"schema": {"$ref": "#/components/schemas/Checked"}},
                            "application/vc": {"schema": ANYTHING},
                            "application/vc+jwt": {"schema": {"type": "string"}},
                        },
                    },
                    "404": {"description": "No certificate has this token."},
                },
            }
        },
    },
    "components": {
        "schemas": {
            "Checked": {
                "type": "object",
                "required": ["status", "valid", "since", "reason", "problems", "checked_at", "certificate"],
                "properties": {
                    "status": {"type": "string", "enum": STATES},
                    "valid": {"type": "boolean"},
                    "since": {"type": ["string", "null"], "format": "date-time"},
                    "reason": {"type": ["string", "null"]},
                    "problems": {"type": "array", "items": {"type": "string"}},
                    "checked_at": {"type": "string", "format": "date-time"},
                    "certificate": ANYTHING,
                    "name_hidden": {"type": "boolean"},
                    "successor": {"type": ["string", "null"], "format": "uri"},
                    "code": {"type": "string", "description": "With 404 only."},
                    "message": {"type": "string", "description": "With 404 only."},
                },
            },
            "NameAnswer": {
                "type": "object", "required": ["name_fits"], "properties": {"name_fits": {"type": "boolean"}},
            },
            "Error": {
                "type": "object", "required": ["code", "message"],
                "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
            },
        }
    },
}  # fmt: skip


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    answer = jsonify(DESCRIPTION)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
