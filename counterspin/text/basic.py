"""The basic words of English: what a text uses before a spinner reaches for a rarer word. Written from memory."""

from __future__ import annotations

from functools import cache

_WORDS = """
a able about above accept account across act active add advice afraid after again against age ago agree air all allow
almost alone along already also always amount and angry animal another answer any anyone anything apart apartment
appear apple apply area arm around arrive art as ask asleep at attack aunt autumn away baby back bad bag balance ball
bank base basic bath be bear beat beautiful because become bed before begin behaviour behind believe below best better
between big bill bird birth bit black blood blue board boat body book border born borrow both bottle bottom box boy
branch bread break breakfast breathe bridge bright bring brother brown brush build burn bus business busy but buy by
call calm can cancel car card care careful carry case cause central certain chair chance change charge cheap check
child choice choose church circle city class clean clear clever clock close clothes cloud coat cold collect colour come
comfort common company compare complain complete computer condition contain contract control cook cool copy corner
correct cost could count country course cover cross cry cup cut daily damage dance danger dangerous dark date daughter
day dead deal dear death debt decide deep depend describe detail die difference different difficult dinner direct dirty
discover dish do doctor dog door double doubt down draw dream dress drink drive drop dry during each ear early earn
earth east easy eat edge education effect egg eight either electric empty end enemy energy enjoy enough enter equal
escape even evening event ever every everyone everything evidence exact example except excuse exercise expect expensive
explain eye face fact fail fair fall false family famous far farm fast fat father fault favourite fear feel few field
fight fill film final find fine finger finish fire first fish fit five fix flat floor flower fly follow food foot for
force foreign forest forget forgive form forward four free fresh friend from front fruit full fun funny future game
garden gate gather general gentle get gift girl give glad glass go gold good great green ground group grow guess guest
guide hair half hand handle happen happy hard hat hate have he head health hear heart heat heavy help here hide high
hold hole holiday home honest hope horse hospital hot hotel hour house how hundred hungry hurry hurt husband i ice idea
if ignore ill important improve in include increase information inside instead interest into invite island it job join
journey judge jump just keep key kill kind king kitchen knee knife know lady lake land language large last late laugh
law lawyer lead learn least leave left leg lend less lesson let letter level library lie life lift light like limit
line list listen little live loan local lock long look lose lot loud love low luck machine mail main make man many map
mark market marry material matter may maybe meal mean measure meat medicine meet member message metal middle might mile
milk mind minute miss mistake model moment money month moon more morning most mother mountain mouth move much music must
name narrow nation nature near necessary neck need neighbour neither never new news next nice night nine no nobody noise
none nor north nose not note nothing notice now number object ocean of off offer office often oil old on once one only
open opinion or orange order other our out outside over own page pain paint pair paper parent park part party pass past
path pay peace pen people perhaps period person phone photo pick picture piece place plain plan plane plant play please
plenty point polite poor popular position possible potato power practice prepare present press pressure pretty price
print prison private prize probably problem produce product promise proper protect proud prove provide public pull
punish push put quality quarter queen question quick quickly quiet quite race radio rain raise range rate reach read
ready real reason receive recommend record recover red reduce refuse remember repair repeat reply report request rest
result return rice rich ride right ring rise risk river road rock room round rule run sad safe sail salt same sand save
say school science score sea search season seat second secret see seem sell send sense sentence separate serious service
set seven several shade shake shall shape share sharp she sheep ship shirt shoe shop short should shoulder shout show
shut sick side sign signal silver similar simple since sing single sister sit situation six size skill skin sky sleep
slow small smell smile smoke snow so soap social soft some someone something sometimes son song soon sorry sort sound
soup south space speak special speed spell spend spoon sport spread spring square stage stair stand star start state
station stay steal step still stomach stone stop store storm story straight strange street strong student study stupid
subject success such sudden sugar suggest summer sun support sure surface surprise sweet swim system table take talk
tall taste tax tea teach teacher team telephone television tell ten terrible test than thank that the their then there
these they thick thin thing think third this those thousand three through throw thus ticket tie tight till time tired
title to today together tomorrow tone too tool tooth top total touch town trade traffic train travel treat tree trip
trouble true trust try turn twelve twenty twice two type under understand unit until up use useful usual usually value
various very view village visit voice wait wake walk wall want war warm warn wash waste watch water way we weak wear
weather week weight welcome well west wet what wheel when where which while white who whole why wide wife wild will win
wind window wine winter wise wish with without woman wonder wood word work world worry worse worst worth would write
wrong year yellow yes yesterday yet you young your zero
"""
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "ers")


@cache
def basic_words() -> frozenset[str]:
    """The words, and their regular forms."""
    words = _WORDS.split()
    forms = {
        word.removesuffix("e") + ending if ending == "ing" else word + ending for word in words for ending in _ENDINGS
    }
    return frozenset((*words, *forms))
