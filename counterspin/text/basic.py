"""How usual a word of English is, in four ranks: what a text uses before a spinner reaches for a rarer word.

Written from memory: the words that any text holds, the basic ones, those of everyday writing; what is in no list is
rarer, the longer the rarer.
"""

from __future__ import annotations

from functools import cache

_BASIC = """
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
_COMMONEST = """
the be is are was were been being to of and a an in that have has had having i it for not on with he as you do does did
doing done at this but his by from they we say says said saying her she or will my one all would there their what so up
out if about who get gets got getting which go goes went going gone me when make makes made making can like likes time
times no just him know knows knew known people into year years your good some could them see sees saw seen seeing other
others than then now look looks looked looking only come comes came coming its over think thinks thought thinking also
back after use uses used using two how our work works worked working first well way ways even new want wants wanted
because any these give gives gave given giving day days most us need needs needed more much many very must should may
might such through before between own same too where why while each few part parts find finds found finding take takes
took taken taking long down off still place places world every great small old big high right left last thing things
man men woman women child children life hand hands home house keep keeps kept money pay pays paid paying again never
always often away around another under put puts let lets help helps helped helping ask asks asked asking tell tells
told show shows showed shown try tries tried trying call calls called calling buy buys bought start starts started
stop stops stopped number numbers week weeks month months hour hours minute minutes morning night water food car cars
school family bank book books phone door room head eyes body name names word words line end ends side sure without
within during against both once three four five six ten since until though however early late long short little less
least large enough almost ever yet next open close real best better easy hard true free full clear able important
problem problems question questions answer answers price prices cost costs doctor money job jobs company companies
change changes changed run runs ran running move moves moved moving live lives lived believe hold turn turns leave
leaves feel feels felt seem seems bring brings brought begin begins began happen happens happened write writes wrote
written sit stand lose loses lost set sets meet include includes continue learn learns lead understand watch follow
create speak read spend grow grew grown remember win offer offers love consider appear wait serve die send sends sent
build stay stays fall cut reach kill remain suggest raise pass sell sells sold require report decide pull plan plans
reason reasons month result results fact case cases point points group system program government area story lot water
information power care health person sense age war policy process music market effect class kind kinds form risk
law laws data today
"""
_EVERYDAY = """
abandon ability absence abuse academic accident accompany accomplish accurate accuse achieve acid acquire additional
adequate adjust administration admit adopt adult advance advantage advertise affect afford agency agenda aggressive
aid aim aircraft alarm album alcohol alert alternative amaze ambition analyse analysis ancient announce annual anxiety
anxious apparent appeal appointment appreciate approach appropriate approve approximate argue argument arise arrange
article artist ashamed aside aspect assess assessment asset assign assist assistance associate assume assure
atmosphere attach attempt attend attention attitude attract attractive audience author authority automatic available
average aware background bake ban barrier basis basket battery beach beat beg behave belief belong belt bench bend
benefit bet bind bit blame blanket block board bomb bond bonus boot bore bother brain brand brave brief broad budget
bunch burden bury cable calculate campaign candidate capable capacity capital capture career cash cast catch cease
ceiling celebrate cell challenge champion channel chapter character charity chart chase chat chemical chest chief chip
civil claim client climate climb closet clue coach coast code coffee collapse colleague collection college combine
comment commercial commission commit committee communicate community competition complaint complex component compose
comprehensive concentrate concept concern conclude conclusion concrete conduct conference confidence confident confirm
conflict confuse connect connection consequence conservative considerable consist constant construct consult consume
consumer contact contemporary content contest context contrast contribute convenient conversation convert convince
core corner corporate council couple courage crack crash crazy cream creature credit crew crime crisis criterion
critic critical criticise crop crowd crucial culture curious currency current customer cycle deadline debate decade
decent decline decorate decrease defeat defend define definite degree delay deliver delivery demand demonstrate deny
department departure deposit depression derive desert deserve design desire desk desperate despite destroy detect
determine develop device diet digital dimension disappear disaster discount discuss disease dismiss display distance
distinct distribute district divide document domestic dominate donate dozen draft drama drug due duty eager ease
economic edge edit editor efficient effort elect element eliminate emerge emergency emotion emphasis employ employee
employer enable encounter encourage engage engine enhance enormous ensure enterprise entertain enthusiasm entire
entitle entrance environment equipment error essential establish estate estimate evaluate eventually evident evil
evolve examine excellent exchange exciting exclude executive exhibit exist expand expense experience experiment expert
explore export expose express extend extent external extra extraordinary extreme facility factor failure faith
familiar fancy fashion fate favour feature federal fee fellow fence festival fever figure file finance financial firm
focus fold former fortune foundation frame frequent frighten frustrate fuel function fund fundamental furniture gain
gap gas gene generate generation genuine gesture giant global glove goal govern grab grade gradual grand grant grave
grocery guarantee guard guilty gun habit handle hang hate hazard headline height hesitate hint hire host huge hunt
identify identity illustrate image imagine immediate impact implement imply impose impress impression incident income
independent index indicate individual industry infant influence inform initial initiative injure injury innocent
inquiry insect insist inspect inspire install instance instant institution instruct insurance intelligent intend
intense intention internal internet interpret interrupt interview introduce invest investigate involve iron issue item
joint joke journal journey justice justify keen kick label labour lack lamp laptop launch lawn layer lean leap legal
leisure liberal license likely limited link liquid literature load locate lock logic lonely loose lucky lunch magazine
maintain major majority manage manager manner manufacture mass master match mathematics maximum mayor medical medium
mental mention mere mess method military mine minimum minister minor mission mix mobile mode moderate modern modest
monitor mood moral mortgage motion motor mount multiple murder muscle mutual mystery native negative negotiate nerve
nervous network normal notion novel nuclear numerous nurse observe obtain obvious occasion occupy occur odd operate
opponent opportunity oppose opposite option ordinary organ organic organise origin original ought outcome overall
overcome owe owner pace pack package palm panel panic parcel participate particular partner passage passenger passion
patient pattern pause peak percent perform permanent permit personal perspective persuade phase phrase physical piano
pile pilot pitch planet plastic platform plot poem poet poison policy politics pollution pool portion pose positive
possess post pot potential pour poverty pray predict prefer pregnant presence preserve president previous primary
prime principal principle priority private procedure proceed professional profit progress project promote prompt proof
property proportion propose protest provision psychological publish purchase purpose pursue puzzle qualify quantity
quit quote random rank rapid rare rather reaction rear recall recent recipe recognise recover reduction refer reflect
reform regard region register regret regular regulate reject relate relationship relative relax release relevant
relief relieve religion rely remark remind remote remove rent replace represent reputation require rescue research
reserve resident resist resolve resource respect respond response responsible restore restrict retain retire reveal
revenue review reward rhythm roll romantic root rope rough route routine row rub ruin rural rush sacrifice salary
sample satisfy scale scan scene schedule scheme scientific scream screen seal secretary section sector secure seed
seek select senior sensitive series session settle severe sex shadow shake shame shelf shelter shift shock shoot
shower sight significant silent sink skip slide slight slip smart smooth snap software soil solid solution solve
source spare species specific spirit spiritual split spot spray stable staff stake standard stare statement statistic
status steady steep stem stick stiff stock strain stranger strategy stream strength stress stretch strict strike
string strip structure struggle stuff style submit substance substantial substitute suffer sufficient suit sum supply
surgery surround survey survive suspect suspicious sustain swear sweep switch symbol sympathy symptom tail talent tank
tap target task technical technique technology temperature temporary tend tendency tension tent term theme theory
therapy threat threaten throat tissue title tobacco topic tour tourist track tradition trail transfer transform
transition translate transport trap treatment trend trial tribe trick troop tube typical ultimate uncle undergo union
unique unite universe university unless upper urban urge urgent utility vacation valid valuable variety vary vast
vehicle version via victim victory video viewer violate violence virtual virus visible vision visual vital volume
volunteer vote vulnerable wage wealth weapon weigh weird whatever whereas whisper wing wise witness wonderful wooden
wound wrap yard yield youth zone
"""
_SUFFIXES = (
    ("ies", "y"), ("ied", "y"), ("ily", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""),
    ("ing", "e"), ("ly", ""), ("ly", "le"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ers", ""),
)  # fmt: skip
_USES = (20_000, 3000, 500)  # uses that a word of each rank is taken to have
_REST_USES = 120  # uses of a rarer word of SHORT_WORD letters; halved for each letter more
_SHORT_WORD = 5  # letters


def uses(word: str) -> float:
    """About how often ``word`` (in small letters) is used, above 0: by its rank, else by its length."""
    known = _ranks()
    for form in (word, *_stems(word)):
        if form in known:
            return float(_USES[known[form]])
    return _REST_USES * 0.5 ** max(0, len(word) - _SHORT_WORD)


def is_basic(word: str) -> bool:
    """Whether ``word`` (in small letters), or what it is a regular form of, is one of the words that everybody uses."""
    known = _ranks()
    return word in known or any(form in known for form in _stems(word))


def _stems(word: str) -> tuple[str, ...]:
    """What a word may be a regular form of, without a doubled last letter as well."""
    found = [
        word[: -len(ending)] + put for ending, put in _SUFFIXES if len(word) > len(ending) + 2 and word.endswith(ending)
    ]
    found += [form[:-1] for form in found if len(form) > 3 and form[-1] == form[-2]]
    return tuple(found)


@cache
def _ranks() -> dict[str, int]:
    found: dict[str, int] = {}
    for rank, words in enumerate((_COMMONEST, _BASIC, _EVERYDAY)):
        for word in words.split():
            found.setdefault(word, rank)
    return found
