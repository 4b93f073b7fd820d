"""Closed lists a lead chooses from: who approves, how it ended."""

from django.db import models


class Approver(models.TextChoices):
    DEPUTY = "deputy", "分管领导"
    SECRETARY = "secretary", "主要负责人"
    PARTY = "party", "同级党委主要负责人"
    SUPERIOR = "superior", "上一级纪检监察机关"


class CloseKind(models.TextChoices):
    DIRECT = "direct", "不查而结"
    TALK_ACCEPTED = "talk_accepted", "谈话函询采信了结"
    UNTRUE = "untrue", "查否了结"
    FIRST_FORM = "first_form", "谈话提醒、批评教育等处理后了结"
    HANDED_OVER = "handed_over", "移送有关党组织处理"
    SANCTIONED = "sanctioned", "审结并作出处理"
    ANSWERED = "answered", "已答复（咨询、建议）"
