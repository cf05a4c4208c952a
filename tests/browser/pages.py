"""One page of each kind, from the archive's own holdings."""

from __future__ import annotations

LONGEST = "bai-viet/hoi-nghi-toan-quoc-tong-ket-cong-tac-dan-van-nam-2023/"
WITHOUT_HEADLINE = "bai-viet/thuong-truc-ban-bi-thu-luong-cuong-danh-gia-cao-ban-dan-van-trung-uong-2024/"
WITH_PLACE = "bai-viet/trien-khai-nhiem-vu-cong-tac-dan-van-quy-ii-2024/"
MID_2020 = "bai-viet/co-quan-ban-dan-van-trung-uong-tap-trung-thuc-hien-tot-cac-nhiem-vu-chinh-tri/"
LAST_2020 = "bai-viet/chu-trong-nang-cao-hieu-qua-cong-tac-dan-van-chinh-quyen/"

PAGES = (
    "",
    LONGEST,
    WITH_PLACE,
    "su-kien/hoi-nghi-toan-quoc-tong-ket-dan-van-2023/",
    "nguoi/truong-thi-mai/",
    "nguoi/do-van-phoi/",
    "van-ban/ket-luan-54-kl-tw-2023-05-09/",
    "van-ban/chua-xac-dinh/",
    "cap/trung-uong/",
    "cap/xa/",
    "dia-phuong/hoa-binh/",
    "nam/2020/",
    "bai-viet/",
    "su-kien/",
    "nguoi/",
    "nguoi/theo-ho/",
    "van-ban/",
    "cap/",
    "dia-phuong/",
    "nam/",
    "dong-thoi-gian/",
    "tim-kiem/?q=dan+van",
    "du-lieu/",
    "dong-gop/",
    "gioi-thieu/",
    "khong-co-trang-nay/",
)
