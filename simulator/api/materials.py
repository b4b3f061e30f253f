"""`/cgi-bin/media/*`: temporary material (WeChat: 新增临时素材, 获取临时素材)."""

from aiohttp import web

from simulator.api.call import Call, Json
from simulator.errors import PlatformError
from simulator.web import posted_form


async def upload(call: Call) -> Json:
    """Keep the multipart field `media`; `type` is image, voice, video or thumb. 41005 without."""
    kind = call.request.query.get("type", "")
    async with posted_form(call.request) as form:
        field = form.get("media")
        if not isinstance(field, web.FileField):
            raise PlatformError(41005)
        media = call.platform.media.add(kind, field.file.read(), field.content_type, call.now)
    name = "thumb_media_id" if kind == "thumb" else "media_id"
    created = int(media.created_at.timestamp())
    return {"type": kind, name: media.media_id, "created_at": created}


async def get(call: Call) -> Json | web.Response:
    """The material's bytes, or for a video where they are; 40007 when unknown or too old."""
    media_id = call.request.query.get("media_id", "")
    media = call.platform.media.get(media_id, call.now)
    if media.kind == "video":
        return {"video_url": call.platform.media_url(media_id)}
    headers = {"Content-disposition": f'attachment; filename="{media_id[:20]}"'}
    return web.Response(body=media.content, content_type=media.content_type, headers=headers)
